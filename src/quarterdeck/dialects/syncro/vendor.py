"""Every operation of the vendor's v1, with the vendor's names of what is in a path."""


def listed(table: str) -> tuple[tuple[str, str], ...]:
    """Method and path of each operation, from lines of methods and one path."""
    lines = (line.split() for line in table.split("\n") if line.strip())
    return tuple((method, path) for *methods, path in lines for method in methods)


OPERATIONS = listed("""
GET POST            /appointment_types
GET PUT DELETE      /appointment_types/{id}
GET POST            /appointments
GET PUT DELETE      /appointments/{id}
GET                 /callerid
GET POST            /canned_responses
GET                 /canned_responses/settings
PATCH DELETE        /canned_responses/{id}
GET POST            /contacts
GET PUT DELETE      /contacts/{id}
GET POST            /contracts
GET PUT DELETE      /contracts/{id}
GET POST            /customer_assets
GET                 /customer_assets/assets_by_contact/{contact_id}
GET                 /customer_assets/chat_information_by_ids
GET PUT             /customer_assets/{id}
GET                 /customer_assets/{id}/installed_applications
GET                 /customer_assets/{id}/patches
GET POST            /customers
GET                 /customers/autocomplete
GET                 /customers/latest
GET PUT DELETE      /customers/{id}
GET POST            /customers/{customer_id}/payment_profiles
GET PUT DELETE      /customers/{customer_id}/payment_profiles/{id}
GET POST            /customers/{customer_id}/phones
PUT DELETE          /customers/{customer_id}/phones/{id}
GET POST            /estimates
GET PUT DELETE      /estimates/{id}
POST                /estimates/{id}/convert_to_invoice
POST                /estimates/{id}/email
POST                /estimates/{id}/line_items
PUT DELETE          /estimates/{id}/line_items/{line_item_id}
POST                /estimates/{id}/print
GET POST            /invoices
GET PUT DELETE      /invoices/{id}
POST                /invoices/{id}/email
POST                /invoices/{id}/line_items
PUT DELETE          /invoices/{id}/line_items/{line_item_id}
POST                /invoices/{id}/print
GET                 /invoices/{id}/ticket
GET                 /items
GET POST            /leads
GET PUT             /leads/{id}
GET                 /line_items
GET                 /me
GET                 /new_ticket_forms
GET                 /new_ticket_forms/{id}
POST                /new_ticket_forms/{id}/process_form
POST                /otp_login
GET                 /payment_methods
GET POST            /payments
GET                 /payments/{id}
GET POST            /policy_folders
PUT DELETE          /policy_folders/{id}
GET POST            /portal_users
POST                /portal_users/create_invitation
PUT DELETE          /portal_users/{id}
GET POST            /products
GET                 /products/barcode
GET                 /products/categories
GET PUT             /products/{id}
POST                /products/{id}/add_images
DELETE              /products/{id}/delete_image
PUT                 /products/{id}/location_quantities
GET POST            /products/{product_id}/product_serials
POST                /products/{product_id}/product_serials/attach_to_line_item
PUT                 /products/{product_id}/product_serials/{id}
GET POST            /products/{product_id}/product_skus
PUT                 /products/{product_id}/product_skus/{id}
GET POST            /purchase_orders
GET                 /purchase_orders/{id}
POST                /purchase_orders/{id}/create_po_line_item
POST                /purchase_orders/{id}/receive
POST                /rmm/public_scripts/{asset_id}/schedule
GET POST            /rmm_alerts
GET DELETE          /rmm_alerts/{id}
POST                /rmm_alerts/{id}/mute
GET POST            /schedules
GET PUT DELETE      /schedules/{id}
POST                /schedules/{id}/add_line_item
PUT                 /schedules/{id}/line_items/{line_item_id}
POST                /schedules/{id}/remove_line_item
GET                 /search
GET                 /settings
GET                 /settings/printing
GET                 /settings/tabs
GET                 /ticket_blueprints
GET                 /ticket_comments
GET                 /ticket_timers
PATCH               /ticket_timers/{id}
GET POST            /tickets
GET                 /tickets/settings
GET PUT DELETE      /tickets/{id}
POST                /tickets/{id}/add_line_item
POST                /tickets/{id}/attach_file_url
POST                /tickets/{id}/charge_timer_entry
POST                /tickets/{id}/comment
GET                 /tickets/{id}/comments
POST                /tickets/{id}/delete_attachment
POST                /tickets/{id}/delete_timer_entry
POST                /tickets/{id}/print
POST                /tickets/{id}/remove_line_item
POST                /tickets/{id}/timer_entry
PUT                 /tickets/{id}/update_line_item
PUT                 /tickets/{id}/update_timer_entry
GET POST            /tickets/{ticket_id}/worksheet_results
GET PUT DELETE      /tickets/{ticket_id}/worksheet_results/{id}
GET PUT             /timelogs
GET                 /timelogs/last
POST                /user_devices
GET PUT             /user_devices/{uuid}
GET                 /users
GET                 /users/{id}
GET POST            /vendors
GET PUT             /vendors/{id}
GET POST            /wiki_pages
GET PUT DELETE      /wiki_pages/{id}
""")

"""What a line of business looks like from its help desk: jobs, rooms, printers and the program it lives by."""

from dataclasses import dataclass

DEPARTMENTS = {
    "Management": "Owners, directors and partners",
    "Administration": "Office managers and assistants",
    "Finance": "Book-keeping, billing and payroll",
    "Front desk": "Reception and customer service",
    "Operations": "The people who do the work the company sells",
    "Sales": "Sales, marketing and fundraising",
    "Care": "Doctors, nurses and therapists",
    "Teaching": "Teachers and coaches",
}


@dataclass(frozen=True)
class Industry:
    """The first job is that of the person who usually calls."""

    app: str
    rooms: tuple[str, ...]
    printers: tuple[str, ...]
    jobs: tuple[tuple[str, str], ...]


INDUSTRIES = {
    "dental": Industry(
        "ChairSide",
        ("treatment room 2", "the X-ray room", "the sterilization room", "reception"),
        ("the reception printer", "the label printer in the lab"),
        (
            ("Practice Manager", "Administration"), ("Receptionist", "Front desk"), ("Dentist", "Care"),
            ("Dental Hygienist", "Care"), ("Billing Coordinator", "Finance"), ("Dental Assistant", "Care"),
        ),
    ),
    "law": Industry(
        "CaseLedger",
        ("the big conference room", "the deposition room", "the file room", "the library"),
        ("the copier by the file room", "the partner's printer"),
        (
            ("Office Manager", "Administration"), ("Partner", "Management"), ("Paralegal", "Operations"),
            ("Associate", "Operations"), ("Legal Secretary", "Administration"), ("Bookkeeper", "Finance"),
        ),
    ),
    "food": Industry(
        "PlateTicket",
        ("the back office", "the kitchen pass", "the bar", "the tasting room"),
        ("the kitchen ticket printer", "the office printer"),
        (
            ("General Manager", "Management"), ("Head Baker", "Operations"), ("Shift Lead", "Operations"),
            ("Bookkeeper", "Finance"), ("Events Coordinator", "Sales"), ("Owner", "Management"),
        ),
    ),
    "freight": Industry(
        "LoadBoard Pro",
        ("the dispatch room", "dock 4", "the drivers' lounge", "the scale house"),
        ("the bill-of-lading printer on dock 4", "the dispatch copier"),
        (
            ("Operations Manager", "Management"), ("Dispatcher", "Operations"), ("Night Dispatcher", "Operations"),
            ("Billing Clerk", "Finance"), ("Safety Officer", "Administration"), ("Dock Supervisor", "Operations"),
        ),
    ),
    "school": Industry(
        "RollCall SIS",
        ("the staff room", "room 14", "the library", "the computer lab"),
        ("the staff-room copier", "the office printer"),
        (
            ("School Secretary", "Administration"), ("Principal", "Management"), ("Teacher, Grade 4", "Teaching"),
            ("Science Teacher", "Teaching"), ("Registrar", "Administration"), ("Counselor", "Teaching"),
            ("Teacher, Grade 2", "Teaching"), ("Business Manager", "Finance"),
        ),
    ),
    "clinic": Industry(
        "ChartWell",
        ("exam room 3", "the nurses' station", "the waiting room", "the break room"),
        ("the prescription printer", "the front desk printer", "the copier in the hall"),
        (
            ("Practice Administrator", "Administration"), ("Front Desk Lead", "Front desk"), ("Nurse", "Care"),
            ("Physician", "Care"), ("Medical Biller", "Finance"), ("Medical Assistant", "Care"),
            ("Therapist", "Care"), ("Scheduler", "Front desk"), ("Radiology Technologist", "Care"),
        ),
    ),
    "architects": Industry(
        "DraftVault",
        ("the model room", "the studio", "the glass meeting room", "the print room"),
        ("the plotter", "the color printer in the studio"),
        (
            ("Studio Manager", "Administration"), ("Principal Architect", "Management"), ("Designer", "Operations"),
            ("Project Architect", "Operations"), ("Draftsperson", "Operations"), ("Bookkeeper", "Finance"),
            ("Field Crew Lead", "Operations"),
        ),
    ),
    "hotel": Industry(
        "InnKeeper PMS",
        ("the front desk", "the ballroom", "the business center", "the housekeeping office"),
        ("the front desk printer", "the printer in the business center"),
        (
            ("Front Office Manager", "Front desk"), ("General Manager", "Management"), ("Night Auditor", "Finance"),
            ("Reservations Agent", "Front desk"), ("Sales Manager", "Sales"), ("Head Housekeeper", "Operations"),
            ("Chief Engineer", "Operations"), ("Concierge", "Front desk"),
        ),
    ),
    "charity": Industry(
        "DonorBook",
        ("the board room", "the volunteer room", "the intake desk", "the loading dock"),
        ("the office copier", "the label printer in intake"),
        (
            ("Office Manager", "Administration"), ("Executive Director", "Management"),
            ("Volunteer Coordinator", "Operations"), ("Grants Manager", "Finance"),
            ("Development Associate", "Sales"), ("Program Manager", "Operations"), ("Night Nurse", "Care"),
        ),
    ),
    "accounting": Industry(
        "TaxBench",
        ("the client meeting room", "the scanning corner", "the partners' corner", "reception"),
        ("the scanner-copier", "the check printer"),
        (
            ("Office Administrator", "Administration"), ("Partner", "Management"), ("Senior Accountant", "Finance"),
            ("Tax Preparer", "Finance"), ("Client Associate", "Front desk"), ("Payroll Specialist", "Finance"),
            ("Account Executive", "Sales"),
        ),
    ),
    "trades": Industry(
        "JobTrail",
        ("the parts counter", "the estimating office", "the shop", "the conference room"),
        ("the estimate printer", "the shop printer"),
        (
            ("Office Manager", "Administration"), ("Owner", "Management"), ("Estimator", "Sales"),
            ("Project Coordinator", "Operations"), ("Field Supervisor", "Operations"), ("Dispatcher", "Front desk"),
        ),
    ),
    "manufacturing": Industry(
        "ShopFloor ERP",
        ("the shop floor", "the quality lab", "the shipping bay", "the front office"),
        ("the label printer in shipping", "the office copier", "the job ticket printer"),
        (
            ("Office Manager", "Administration"), ("Plant Manager", "Management"), ("Quality Inspector", "Operations"),
            ("CAD/CAM Programmer", "Operations"), ("Shipping Lead", "Operations"), ("Purchasing Agent", "Finance"),
        ),
    ),
    "property": Industry(
        "LeaseKeeper",
        ("the closing room", "the leasing office", "the front office", "the maintenance shop"),
        ("the leasing office printer", "the color copier"),
        (
            ("Office Manager", "Administration"), ("Broker", "Management"), ("Property Manager", "Operations"),
            ("Leasing Agent", "Sales"), ("Accounts Payable Clerk", "Finance"), ("Listing Coordinator", "Sales"),
        ),
    ),
    "wholesale": Industry(
        "StockRoom",
        ("the order desk", "the warehouse", "the loading dock", "the sample room"),
        ("the pick-list printer", "the label printer on the dock"),
        (
            ("Office Manager", "Administration"), ("General Manager", "Management"), ("Warehouse Lead", "Operations"),
            ("Inside Sales", "Sales"), ("Accounts Receivable", "Finance"), ("Purchasing Agent", "Operations"),
        ),
    ),
    "retail": Industry(
        "TillTree",
        ("the sales floor", "the stock room", "the register by the door", "the workshop"),
        ("the receipt printer at register 1", "the back-office printer"),
        (
            ("Store Manager", "Management"), ("Assistant Manager", "Administration"), ("Bookkeeper", "Finance"),
            ("Shift Lead", "Front desk"), ("Buyer", "Operations"),
        ),
    ),
}  # fmt: skip

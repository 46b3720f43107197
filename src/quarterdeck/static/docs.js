// Draws the reference of the document that the page names, with nothing fetched from another host.
window.ui = SwaggerUIBundle({
  url: document.body.dataset.document,
  domNode: document.getElementById("reference"),
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
});

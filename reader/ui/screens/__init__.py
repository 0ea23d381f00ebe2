"""The modals, which open over the page."""

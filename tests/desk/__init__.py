"""Rules of the desk, without HTTP."""

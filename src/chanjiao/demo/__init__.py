"""An invented region that walks the whole loop: for trying out, for screenshots and for tests."""

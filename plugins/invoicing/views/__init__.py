"""The pages: of the employer, of the desk, and of bank statements."""

"""What comes in from outside is validated here, with pydantic, before anything else sees it."""

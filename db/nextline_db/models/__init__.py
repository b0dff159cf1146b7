"""Pydantic models of everything a curator writes; one class per record kind of ``nextline.evidence/1``."""

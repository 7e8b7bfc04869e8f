"""The caseload: where should we look?"""

"""References to concerns about performers: that a case is held elsewhere, under which number, and nothing of it.

A concern that names a practitioner is another body's matter. Casebook keeps no name, no allegation and no outcome: a
reference number, sealed, in the stream `performer-CODE` of each practice. It stands apart from the
practice's own stream, so that for whoever may not know of it nothing about the practice differs: no number, no version.

A medical or quality lead of the contract holder records and reads; its manager learns whether there are any, and lets an
auditor read for a time; the local commissioner never knows.
"""

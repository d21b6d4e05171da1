"""The demo mailbox: mail written for this project, dated by the day on which it is loaded.

`builder` turns it into messages; `notation` says what one written mail is; the other modules hold the mails,
grouped by who sends them. Nothing here knows the database: a caller stores the messages like any other
mailbox. Every person and company is invented, every address stands under `.example`, but for the senders of
well-known applicant systems and job sites, since mail really comes from those.
"""

"""The sentence grammar that the local model learns from, written for this project.

`pools_*` hold sentences by what they do, `plans_*` say which kinds of sentences make up which kind of mail.
`{a|b}` chooses, `[slot]` is filled with an invented value. No real mail is in here.
"""

"""Text of somebody's that no page, file or answer shows, each with the reason why not.

The canary crawl must find every other text field, so one that arrives later has to be shown
somewhere or be declared here; and what is declared here must be found nowhere.
"""

KEY = "a spelling for comparing, made from the field beside it"
SECRET = "a hash of what only its holder knows"
LETTER = "leaves the house as a message and is no page"
UNDO = "kept to take the act back"
PLACE = "names a record in the house's own words"
COPY = "a frozen copy of records that are watched under their own names"

FIELDS: dict[tuple[str, str], str] = {
    ("accounts.User", "password"): SECRET,
    ("core.AuditEntry", "act"): "one of the house's own words",
    ("core.AuditEntry", "thing"): PLACE,
    ("core.AuditEntry", "thing_id"): PLACE,
    ("core.AuditEntry", "label"): "the record's name as of the act, watched where it is planted",
    ("core.AuditEntry", "user_name"): "the user's name, watched where it is planted",
    ("core.AuditEntry", "via"): "one of the house's own words",
    ("core.AuditEntry", "previous_hash"): "a hash",
    ("core.AuditEntry", "hash"): "a hash",
    ("core.JobRun", "kind"): PLACE,
    ("core.JobRun", "title"): "for operators; pages of long work bear the work's own title",
    ("core.JobRun", "task_id"): PLACE,
    ("core.OutboxMessage", "address"): LETTER,
    ("core.OutboxMessage", "subject"): LETTER,
    ("core.OutboxMessage", "body"): LETTER,
    ("core.OutboxMessage", "last_error"): "for operators, in the log and the repair bench",
    ("core.OutboxMessage", "about"): PLACE,
    ("core.StoredFile", "content_type"): "downloads are sent as bytes of no kind",
    ("core.Todo", "role"): "one letter",
    ("core.Todo", "about"): PLACE,
    ("core.WorkflowStep", "kind"): "one of the house's own words",
    ("core.WorkflowStep", "move"): "one of the house's own words",
    ("core.WorkflowStep", "from_state"): "one of the house's own words",
    ("core.WorkflowStep", "to_state"): "one of the house's own words",
    ("core.WorkflowStep", "user_name"): "a trace tells what and when; who is in the audit chain",
    ("core.WorkflowStep", "organisation_name"): "a trace tells what and when",
    ("standards.Alignment", "normalised"): KEY,
    ("organisations.Organisation", "name_key"): KEY,
    ("organisations.Organisation", "ownership"): "a code of few letters",
    ("organisations.OrganisationName", "name_key"): KEY,
    ("organisations.Invitation", "secret_hash"): SECRET,
    ("organisations.Person", "identity_hash"): SECRET,
    ("organisations.Merge", "moved"): UNDO,
    ("organisations.Merge", "stayed"): UNDO,
    ("organisations.Merge", "filled"): UNDO,
    ("organisations.Merge", "names"): UNDO,
    ("organisations.Merge", "status_before"): UNDO,
    ("organisations.ApiToken", "secret_hash"): SECRET,
    ("organisations.ApiToken", "scope"): "objects of the permission matrix",
    ("exchange.ImportJob", "sheet"): "one of the house's own words",
    ("exchange.ImportJob", "mapping"): "shown as the headings that were matched",
    ("exchange.ImportJob", "fault_counts"): "counts by code",
    ("exchange.ImportRow", "key"): "shown as cells of the row",
    ("fairs.NoShowPardon", "statement"): "kept as the reason of the act; the company wrote it",
    ("demand.JobDemand", "title_key"): KEY,
    ("demand.JobDemand", "search_text"): KEY,
    ("demand.JobDemand", "intents"): "choices",
    ("demand.IntakeLink", "secret_hash"): SECRET,
    ("demand.IntakeLink", "receipt"): "numbers of what was stated",
    ("evidence.PressPage", "mends"): "shown as edits of the mended text",
    ("evidence.PressPage", "refusal"): "a code and its numbers, where a file can't be read",
    ("evidence.PressArticle", "paragraphs"): "places of pieces in the text, no words",
    ("evidence.Statement", "places"): "numbers",
    ("evidence.Decision", "content"): "the statement's content as of the act",
}

# What services freeze out of records; the lists, their files and the studies are crawled.
COPIES: dict[str, frozenset[str]] = {
    "gaps.GapLine": frozenset({"title", "code", "area", "node", "industry", "basis"}),
    "publishing.SnapshotFile": frozenset({"seal"}),
    "publishing.SnapshotRow": frozenset({
        "group", "occupation", "name", "name_en", "title", "company", "industry",
        "industry_name", "industry_name_en", "education", "education_name", "education_name_en",
        "skill_level", "skill_level_name", "skill_level_name_en",
    }),
}  # fmt: skip

from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.directory.views import (
    areas,
    chains,
    duplicates,
    members,
    organisations,
    register,
)
from chanjiao.web.shared.routes import route

C, U, A = Action.CREATE, Action.UPDATE, Action.APPROVE
BODY, INTERNAL, SEAT, AREA, CHAIN = (
    "organisation", "organisation_internal", "membership", "area", "chain",
)  # fmt: skip

app_name = "directory"
urlpatterns: list[URLPattern] = [
    route("organisations/", organisations.index, name="organisations", thing=BODY),
    route("organisations/record/", organisations.record, name="record", thing=BODY, action=C),
    route("organisations/changes/", organisations.changes, name="changes", thing=BODY),
    route("organisations/<int:pk>/", organisations.detail, name="organisation", thing=BODY),
    route("organisations/<int:pk>/edit/", organisations.edit, name="edit", thing=BODY, action=U),
    route(
        "organisations/<int:pk>/verify/", organisations.verify, name="verify",
        thing=BODY, action=A,
    ),
    route(
        "organisations/<int:pk>/year/", organisations.year, name="year", thing=INTERNAL, action=U
    ),
    route(
        "organisations/<int:pk>/code-evidence/", organisations.code_evidence,
        name="code-evidence", thing=INTERNAL,
    ),
    route(
        "organisations/<int:pk>/act/<slug:name>/", register.act, name="register-act",
        thing=BODY, action=A,
    ),
    route("duplicates/", duplicates.index, name="duplicates", thing=BODY, action=C),
    route("duplicates/search/", duplicates.search, name="duplicate-search", thing=BODY, action=C),
    route("duplicates/<int:pk>/", duplicates.detail, name="duplicate", thing=BODY, action=C),
    route(
        "duplicates/<int:pk>/merge/", duplicates.merge, name="duplicate-merge",
        thing=BODY, action=C,
    ),
    route(
        "duplicates/<int:pk>/different/", duplicates.different, name="duplicate-different",
        thing=BODY, action=C,
    ),
    route(
        "duplicates/<int:pk>/reopen/", duplicates.reopen, name="duplicate-reopen",
        thing=BODY, action=C,
    ),
    route("merges/", duplicates.merges, name="merges", thing=BODY, action=C),
    route("merges/<int:pk>/", duplicates.merge_detail, name="merge", thing=BODY, action=C),
    route("merges/<int:pk>/undo/", duplicates.undo, name="merge-undo", thing=BODY, action=C),
    route("members/", members.index, name="members", thing=SEAT),
    route("members/apply/", members.apply, name="apply", thing=SEAT, action=C),
    route("members/<int:pk>/", members.detail, name="member", thing=SEAT),
    route("members/<int:pk>/move/", members.move, name="member-move", thing=SEAT, action=U),
    route("members/<int:pk>/seat/", members.seat, name="member-seat", thing=SEAT, action=A),
    route("members/<int:pk>/pledge/", members.pledge, name="member-pledge", thing=SEAT, action=U),
    route("consortia/", members.consortia_index, name="consortia", thing=SEAT),
    route(
        "consortia/new/", members.consortium_new, name="consortium-new", thing=SEAT, action=A
    ),
    route(
        "consortia/<int:pk>/edit/", members.consortium_edit, name="consortium-edit",
        thing=SEAT, action=A,
    ),
    route("areas/", areas.index, name="areas", thing=AREA),
    route("areas/new/", areas.new, name="area-new", thing=AREA, action=C),
    route("areas/<int:pk>/edit/", areas.edit, name="area-edit", thing=AREA, action=U),
    route("areas/<int:pk>/officer/", areas.officer, name="area-officer", thing=AREA, action=U),
    route("chains/", chains.index, name="chains", thing=CHAIN),
    route("chains/new/", chains.new, name="chain-new", thing=CHAIN, action=C),
    route("chains/<int:pk>/", chains.detail, name="chain", thing=CHAIN),
    route("chains/<int:pk>/edit/", chains.edit, name="chain-edit", thing=CHAIN, action=U),
    route("chains/<int:pk>/node/", chains.node_new, name="node-new", thing=CHAIN, action=C),
    route("chains/<int:pk>/carry/", chains.carry, name="chain-carry", thing=CHAIN, action=C),
    route("nodes/<int:pk>/edit/", chains.node_edit, name="node-edit", thing=CHAIN, action=U),
    route("nodes/<int:pk>/remove/", chains.node_remove, name="node-remove", thing=CHAIN, action=U),
    route("nodes/<int:pk>/judge/", chains.judge, name="node-judge", thing=CHAIN, action=U),
    route("nodes/<int:pk>/review/", chains.review, name="node-review", thing=CHAIN, action=U),
    route("nodes/<int:pk>/place/", chains.place, name="node-place", thing=CHAIN, action=C),
    route(
        "placements/<int:pk>/edit/", chains.placement_edit, name="placement-edit",
        thing=CHAIN, action=C,
    ),
    route(
        "placements/<int:pk>/remove/", chains.placement_remove, name="placement-remove",
        thing=CHAIN, action=C,
    ),
]  # fmt: skip

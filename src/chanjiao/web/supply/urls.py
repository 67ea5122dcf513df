from django.urls import URLPattern

from chanjiao.core.roles import Action
from chanjiao.web.shared.routes import route
from chanjiao.web.supply.views import cohorts, coverage, offerings, students

app_name = "supply"
urlpatterns: list[URLPattern] = [
    route("offerings/", offerings.listed, name="offerings", thing="supply"),
    route(
        "offerings/new/", offerings.create, name="offering-new",
        thing="supply", action=Action.CREATE,
    ),
    route(
        "offerings/confirm/", offerings.confirm_all, name="confirm-all",
        thing="supply", action=Action.UPDATE,
    ),
    route("offerings/<int:pk>/", offerings.detail, name="offering", thing="supply"),
    route(
        "offerings/<int:pk>/edit/", offerings.edit, name="offering-edit",
        thing="supply", action=Action.UPDATE,
    ),
    route(
        "offerings/<int:pk>/confirm/", offerings.confirm, name="offering-confirm",
        thing="supply", action=Action.UPDATE,
    ),
    route(
        "offerings/<int:pk>/move/<slug:move>/", offerings.move, name="offering-move",
        thing="supply", action=Action.UPDATE,
    ),
    route(
        "offerings/<int:pk>/decide/<slug:move>/", offerings.move, name="offering-decide",
        thing="supply", action=Action.APPROVE,
    ),
    route(
        "offerings/<int:pk>/years/new/", offerings.report_year, name="year-new",
        thing="supply_figures", action=Action.CREATE,
    ),
    route(
        "years/<int:pk>/", offerings.correct_year, name="year-edit",
        thing="supply_figures", action=Action.UPDATE,
    ),
    route(
        "offerings/<int:pk>/cohorts/new/", cohorts.create, name="cohort-new",
        thing="supply_figures", action=Action.CREATE,
    ),
    route("cohorts/", cohorts.listed, name="cohorts", thing="supply_figures"),
    route("cohorts/<int:pk>/", cohorts.detail, name="cohort", thing="supply_figures"),
    route(
        "cohorts/<int:pk>/edit/", cohorts.edit, name="cohort-edit",
        thing="supply_figures", action=Action.UPDATE,
    ),
    route("students/", students.listed, name="students", thing="student"),
    route("students/<int:pk>/", students.detail, name="student", thing="student"),
    route(
        "students/<int:pk>/edit/", students.edit, name="student-edit",
        thing="student", action=Action.UPDATE,
    ),
    route(
        "students/<int:pk>/contact/", students.contact, name="student-contact",
        thing="student_contact",
    ),
    route("coverage/", coverage.listed, name="coverage", thing="supply_figures"),
]  # fmt: skip

from chanjiao.supply.models.cohorts import Cohort
from chanjiao.supply.models.offerings import MajorOffering, MajorYear
from chanjiao.supply.models.students import Student

__all__ = ["Cohort", "MajorOffering", "MajorYear", "Student"]

from chanjiao.supply.sheets.cohorts import CohortSheet
from chanjiao.supply.sheets.offerings import OfferingSheet
from chanjiao.supply.sheets.students import StudentSheet
from chanjiao.supply.sheets.years import YearSheet

__all__ = ["CohortSheet", "OfferingSheet", "StudentSheet", "YearSheet"]

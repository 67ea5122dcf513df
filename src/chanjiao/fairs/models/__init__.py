from chanjiao.fairs.models.booths import Booth, FairPost, NoShowPardon
from chanjiao.fairs.models.fairs import Fair, FairDate, Hall, Stand

__all__ = ["Booth", "Fair", "FairDate", "FairPost", "Hall", "NoShowPardon", "Stand"]

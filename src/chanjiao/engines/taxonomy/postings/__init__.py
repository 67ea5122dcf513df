"""Raw Chinese vacancies to fields and codes, each with the words that say so."""

from chanjiao.engines.taxonomy.postings.alignments import Alignments
from chanjiao.engines.taxonomy.postings.certificates import CertificateReader
from chanjiao.engines.taxonomy.postings.gazetteer import Gazetteer
from chanjiao.engines.taxonomy.postings.hazards import HazardReader
from chanjiao.engines.taxonomy.postings.majors import MajorReader, major_lexicon
from chanjiao.engines.taxonomy.postings.model import (
    Candidate,
    Certificate,
    Education,
    Experience,
    Found,
    Headcount,
    Hours,
    Major,
    Place,
    Reading,
    Skill,
    Span,
    Wage,
)
from chanjiao.engines.taxonomy.postings.parser import Parser, Tools
from chanjiao.engines.taxonomy.postings.places import PlaceReader
from chanjiao.engines.taxonomy.postings.showing import as_json
from chanjiao.engines.taxonomy.postings.skills import SkillReader
from chanjiao.engines.taxonomy.postings.wage import PayRules

__all__ = [
    "Alignments",
    "Candidate",
    "Certificate",
    "CertificateReader",
    "Education",
    "Experience",
    "Found",
    "Gazetteer",
    "HazardReader",
    "Headcount",
    "Hours",
    "Major",
    "MajorReader",
    "Parser",
    "PayRules",
    "Place",
    "PlaceReader",
    "Reading",
    "Skill",
    "SkillReader",
    "Span",
    "Tools",
    "Wage",
    "as_json",
    "major_lexicon",
]

"""Small lists and English names that no collected table holds; see the README beside the data."""

# code, name, aliases, flags, English
SKILL_LEVELS = [
    ("0", "学徒工", "学徒", "", "Apprentice"),
    ("1", "初级工", "五级|五级工|国家职业资格五级", "", "Junior worker (level 5)"),
    ("2", "中级工", "四级|四级工|国家职业资格四级", "", "Intermediate worker (level 4)"),
    ("3", "高级工", "三级|三级工|国家职业资格三级", "", "Senior worker (level 3)"),
    ("4", "技师", "二级|国家职业资格二级", "", "Technician (level 2)"),
    ("5", "高级技师", "一级|国家职业资格一级", "", "Senior technician (level 1)"),
    ("6", "特级技师", "", "", "Special-grade technician"),
    ("7", "首席技师", "", "", "Chief technician"),
]
# The class in the flags follows the ministry's three classes; pending = counted as not settled.
DESTINATIONS = [
    (
        "10",
        "签就业协议形式就业",
        "签就业协议|签协议|三方协议",
        "employed|contract",
        "Employment agreement",
    ),
    ("11", "签劳动合同形式就业", "签劳动合同|劳动合同", "employed|contract", "Labour contract"),
    (
        "12",
        "其他录用形式就业",
        "其他录用形式|其他录用",
        "employed|flexible",
        "Other form of hiring",
    ),
    ("27", "科研助理、管理助理", "科研助理", "employed", "Research or administrative assistant"),
    ("46", "应征义务兵", "参军|入伍", "employed|contract", "Military service"),
    ("50", "国家基层项目", "", "employed|contract", "National grass-roots programme"),
    ("51", "地方基层项目", "", "employed|contract", "Local grass-roots programme"),
    ("70", "待就业", "求职中", "pending", "Seeking employment"),
    ("71", "不就业拟升学", "拟升学", "pending", "Preparing for further study"),
    ("72", "其他暂不就业", "暂不就业", "pending", "Not seeking employment for now"),
    ("75", "自主创业", "创业", "employed|startup", "Own business"),
    ("76", "自由职业", "", "employed|flexible", "Freelance"),
    ("80", "升学", "专升本|国内升学", "study", "Further study"),
    ("85", "出国、出境", "出国出境|留学", "study", "Study or work abroad"),
]
OWNERSHIP = [
    ("10", "机关", "党政机关", "", "Party and government body"),
    ("20", "科研设计单位", "科研院所", "", "Research or design institute"),
    ("21", "高等教育单位", "高校", "", "Higher-education institution"),
    ("22", "中初教育单位", "中小学", "", "School"),
    ("23", "医疗卫生单位", "医院", "", "Health institution"),
    ("29", "其他事业单位", "事业单位", "", "Other public institution"),
    ("31", "国有企业", "国企|央企", "", "State-owned enterprise"),
    (
        "32",
        "三资企业",
        "外资企业|外商投资企业|合资企业|港澳台企业",
        "",
        "Foreign-invested enterprise",
    ),
    ("39", "其他企业", "民营企业|民企|私营企业", "", "Other enterprise"),
    ("40", "部队", "", "", "Armed forces"),
    ("55", "农村建制村", "村", "", "Village"),
    ("56", "城镇社区", "社区", "", "Urban community"),
]
# flags: the groups of GB/T 4658 that the level covers
EDUCATION_LEVELS = [
    ("0", "不限", "学历不限|无要求|不要求", "", "Any"),
    (
        "1",
        "中职",
        "中专|中技|高中|职高|技校|中等职业教育|高中及以下",
        "40|60",
        "Secondary vocational",
    ),
    ("2", "大专", "高职|专科|高职专科", "30", "Junior college"),
    ("3", "本科", "学士|职业本科|大学本科", "20", "Bachelor"),
    ("4", "硕士及以上", "硕士+|研究生|硕士|博士", "10", "Master and above"),
]
SECTION_EN = {
    "A": "Agriculture, forestry, animal husbandry and fishery",
    "B": "Mining",
    "C": "Manufacturing",
    "D": "Electricity, heat, gas and water supply",
    "E": "Construction",
    "F": "Wholesale and retail trade",
    "G": "Transport, storage and post",
    "H": "Accommodation and catering",
    "I": "Information transmission, software and IT services",
    "J": "Finance",
    "K": "Real estate",
    "L": "Leasing and business services",
    "M": "Scientific research and technical services",
    "N": "Water, environment and public facilities",
    "O": "Household, repair and other services",
    "P": "Education",
    "Q": "Health and social work",
    "R": "Culture, sports and entertainment",
    "S": "Public administration, social security and organisations",
    "T": "International organisations",
}
MAJOR_GROUP_EN = {
    "1": "Heads of Party and state organs, organisations, enterprises and institutions",
    "2": "Professional and technical personnel",
    "3": "Clerks and related personnel",
    "4": "Production-related and personal service personnel",
    "5": "Agricultural, forestry, animal husbandry and fishery workers",
    "6": "Production and manufacturing workers",
    "7": "Armed forces",
    "8": "Others not elsewhere classified",
}
EDUCATION_EN = {
    "10": "Postgraduate education",
    "20": "Undergraduate education",
    "30": "Junior-college education",
    "40": "Secondary vocational education",
    "60": "General senior secondary education",
    "70": "Junior secondary education",
    "80": "Primary education",
    "90": "Other",
}
CATEGORY_EN = {
    "农林牧渔大类": "Agriculture, forestry, animal husbandry and fishery",
    "资源环境与安全大类": "Resources, environment and safety",
    "能源动力与材料大类": "Energy, power and materials",
    "土木建筑大类": "Civil engineering and construction",
    "水利大类": "Water conservancy",
    "装备制造大类": "Equipment manufacturing",
    "生物与化工大类": "Biology and chemical engineering",
    "轻工纺织大类": "Light industry and textiles",
    "食品药品与粮食大类": "Food, medicine and grain",
    "交通运输大类": "Transport",
    "电子与信息大类": "Electronics and information",
    "医药卫生大类": "Medicine and health",
    "财经商贸大类": "Finance, economics and trade",
    "旅游大类": "Tourism",
    "文化艺术大类": "Culture and arts",
    "新闻传播大类": "Journalism and communication",
    "教育与体育大类": "Education and sports",
    "公安与司法大类": "Public security and justice",
    "公共管理与服务大类": "Public administration and services",
}
# Of the nineteen occupations added on 31 July 2024, those that the collected table holds.
OCCUPATION_ADDED_2024 = {"生物工程技术人员", "有色金属现货交易员"}
# Codes that stand after the last number of their class in the 2021 printing, as far as known.
MAJOR_ADDITIONS_TEXT = """
410121 410122 410123 410124 410215 420310 420811 430112 440307 440505 460121 460122 460207
460208 460312 460512 460513 460612 460613 470107 470114 480412 490107 500114 500418 510111
510117 510118 510119 510120 510121 510310 510311 510312 520508 530305 530306 530606 530811
540113 550128 550129 550130 550131 560217 220305 260207 260208 260308 260606 260607 260704
310105 310116 310106 310305 310306 310202 320304
"""
MAJOR_ADDITIONS = set(MAJOR_ADDITIONS_TEXT.split())

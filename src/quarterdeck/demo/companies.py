"""The customers: companies, schools and charities of one city and its neighbours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Company:
    """One customer. `years` is how long before now it was won; `plan` names an entry of `plans.PLANS`."""

    name: str
    code: str
    domain: str
    industry: str
    street: str
    city: str
    zip: str
    years: float
    contacts: int
    computers: int
    servers: int
    plan: str | None
    isp: str
    sites: tuple[tuple[str, str, str, str], ...] = ()
    notes: str | None = None


COMPANIES = (
    Company(
        "Saguaro Street Dental", "SSD", "saguarostreetdental.example", "dental",
        "418 N Saguaro Street", "Tucson", "85705", 5.4, 6, 5, 1, "Managed Gold", "Westline Fiber",
        (("Main practice", "418 N Saguaro Street", "Tucson", "85705"),
         ("Marana practice", "77 W Sandario Lane", "Marana", "85653")),
        "Closed every second Friday. The server cupboard key is with the office manager.",
    ),
    Company(
        "Whitcomb & Ochoa Law", "WOL", "whitcombochoa.example", "law",
        "60 W Courthouse Plaza, Floor 3", "Tucson", "85701", 5.1, 5, 4, 1, "Managed Gold", "Westline Fiber",
        notes="Client confidentiality: never take remote control without asking first.",
    ),
    Company(
        "Three Sisters Bakery", "TSB", "threesistersbakery.example", "food",
        "1204 S Mulberry Avenue", "Tucson", "85713", 4.7, 4, 3, 0, "Block of hours", "Cactus Cable",
        (("Mulberry Avenue", "1204 S Mulberry Avenue", "Tucson", "85713"),
         ("Market Hall stand", "9 Market Hall", "Tucson", "85701")),
        "Call after 10 am; the bakers start at 3 am and the office is empty before that.",
    ),
    Company(
        "Ironwood Freight Lines", "IFL", "ironwoodfreight.example", "freight",
        "8800 S Railhead Road", "Tucson", "85756", 4.4, 6, 5, 1, "Managed Silver", "Westline Fiber",
        (("Tucson depot", "8800 S Railhead Road", "Tucson", "85756"),
         ("Nogales yard", "310 W Frontera Street", "Nogales", "85621"),
         ("Casa Grande depot", "1450 E Cotton Lane", "Casa Grande", "85122")),
        "Dispatch works round the clock. Ring the night line before rebooting anything.",
    ),
    Company(
        "Rillito Valley Charter School", "RVC", "rillitovalley.example", "school",
        "3500 E Riverwalk Drive", "Tucson", "85718", 5.0, 4, 4, 1, "Managed Silver", "Desert Link",
        notes="No work in classrooms between 8 am and 3 pm in term time.",
    ),
    Company(
        "Palo Verde Family Clinic", "PVC", "paloverdeclinic.example", "clinic",
        "925 E Palo Verde Boulevard", "Tucson", "85711", 4.9, 12, 9, 1, "Managed Gold", "Westline Fiber",
        (("Palo Verde", "925 E Palo Verde Boulevard", "Tucson", "85711"),
         ("Vail branch", "12 N Colossal Way", "Vail", "85641")),
        "HIPAA: screenshots with patient names must not be attached to tickets.",
    ),
    Company(
        "Arroyo Studio Architects", "ASA", "arroyostudio.example", "architects",
        "221 N Foundry Lane", "Tucson", "85701", 4.1, 8, 7, 1, "Managed Gold", "Westline Fiber",
        notes="Large drawings: a workstation that swaps cannot be used. Backups are over 4 TB.",
    ),
    Company(
        "Copper Kettle Hotel", "CKH", "copperkettlehotel.example", "hotel",
        "15 E Congress Row", "Tucson", "85701", 4.0, 10, 6, 1, "Managed Silver", "Cactus Cable",
        notes="Front desk is staffed 24 hours. Guest Wi-Fi is a separate network and a separate contract.",
    ),
    Company(
        "Santa Cruz Animal Hospital", "SCA", "santacruzvet.example", "clinic",
        "6400 S Nogales Highway", "Tucson", "85706", 3.9, 6, 4, 0, "Remote monitoring", "Cactus Cable",
    ),
    Company(
        "Borderlands Food Bank", "BFB", "borderlandsfoodbank.example", "charity",
        "3001 S Warehouse Row", "Tucson", "85713", 3.8, 8, 5, 1, "Managed Silver", "Desert Link",
        (("Warehouse", "3001 S Warehouse Row", "Tucson", "85713"),
         ("Green Valley pantry", "190 W Continental Loop", "Green Valley", "85614")),
        "Charity rate agreed; orders over $500 need the director's signature.",
    ),
    Company(
        "Hollis Grady CPAs", "HGC", "hollisgrady.example", "accounting",
        "4750 E Sunrise Trace, Suite 120", "Tucson", "85718", 4.6, 9, 6, 1, "Managed Gold", "Westline Fiber",
        notes="Change freeze from January 15 to April 20. No updates during office hours in that time.",
    ),
    Company(
        "Sonora Solar Works", "SSW", "sonorasolarworks.example", "trades",
        "7120 E Photon Court", "Tucson", "85710", 3.6, 8, 5, 0, "Managed Silver", "Desert Link",
    ),
    Company(
        "Pima Precision Machining", "PPM", "pimaprecision.example", "manufacturing",
        "2290 W Tool and Die Road", "Tucson", "85745", 3.9, 8, 6, 1, "Managed Silver", "Westline Fiber",
        notes="The milling machine controllers run Windows 7 and must stay on their own network.",
    ),
    Company(
        "Mission Garden Montessori", "MGM", "missiongarden.example", "school",
        "946 W Orchard Lane", "Tucson", "85745", 3.4, 5, 3, 0, "Block of hours", "Cactus Cable",
    ),
    Company(
        "Cholla Ridge Property Group", "CRP", "chollaridge.example", "property",
        "5055 E Grant Terrace, Suite 300", "Tucson", "85712", 3.5, 8, 5, 1, "Managed Silver", "Westline Fiber",
    ),
    Company(
        "Desert Bloom Physical Therapy", "DBP", "desertbloompt.example", "clinic",
        "1870 W Ina Crossing", "Tucson", "85704", 3.3, 6, 4, 0, "Remote monitoring", "Cactus Cable",
        (("Ina Crossing", "1870 W Ina Crossing", "Tucson", "85704"),
         ("Oro Valley", "10600 N Canyon Bend", "Oro Valley", "85737")),
    ),
    Company(
        "Galindo Brothers Roofing", "GBR", "galindoroofing.example", "trades",
        "3340 E Shingle Street", "Tucson", "85713", 3.0, 4, 2, 0, "Hourly", "Cactus Cable",
    ),
    Company(
        "Old Pueblo Brewing Supply", "OPB", "oldpueblobrewing.example", "wholesale",
        "610 S Hopyard Avenue", "Tucson", "85701", 3.1, 6, 4, 0, "Managed Silver", "Desert Link",
    ),
    Company(
        "Lantern House Hospice", "LHH", "lanternhouse.example", "charity",
        "2727 N Quiet Way", "Tucson", "85716", 3.2, 6, 4, 1, "Managed Gold", "Westline Fiber",
        notes="Nurses call at night. Anything that stops the medication records is critical.",
    ),
    Company(
        "Catalina Crest Realty", "CCR", "catalinacrest.example", "property",
        "7300 N Oracle Bend, Suite 8", "Tucson", "85704", 2.8, 7, 3, 0, "Per user monthly", "Cactus Cable",
    ),
    Company(
        "Fairbanks Engineering", "FBE", "fairbankseng.example", "architects",
        "130 S Surveyor Street", "Tucson", "85701", 2.9, 6, 5, 1, "Managed Gold", "Westline Fiber",
    ),
    Company(
        "Tanque Verde Veterinary Supply", "TVV", "tanqueverdesupply.example", "wholesale",
        "9401 E Feedlot Road", "Tucson", "85749", 2.6, 5, 3, 0, "Managed Silver", "Desert Link",
    ),
    Company(
        "Mesquite & Main Restaurant Group", "MMR", "mesquiteandmain.example", "food",
        "44 N Main Row", "Tucson", "85701", 2.7, 7, 4, 0, "Managed Silver", "Cactus Cable",
        (("Downtown", "44 N Main Row", "Tucson", "85701"),
         ("Foothills", "6120 E Skyline Turn", "Tucson", "85750"),
         ("Airport", "7250 S Terminal Loop", "Tucson", "85756")),
        "Never touch the tills between 11:30 am and 2 pm or after 5 pm.",
    ),
    Company(
        "Kimura Orthodontics", "KOR", "kimuraortho.example", "dental",
        "3655 E Bracewell Street", "Tucson", "85716", 2.5, 5, 3, 0, "Managed Gold", "Westline Fiber",
    ),
    Company(
        "Gates Pass Outfitters", "GPO", "gatespassoutfitters.example", "retail",
        "802 W Trailhead Road", "Tucson", "85745", 2.4, 5, 2, 0, "Block of hours", "Cactus Cable",
    ),
    Company(
        "St. Brendan Parish & School", "SBP", "stbrendan.example", "school",
        "1400 S Steeple Avenue", "Tucson", "85711", 2.3, 5, 3, 0, "Managed Silver", "Desert Link",
    ),
    Company(
        "Peralta Insurance Agency", "PIA", "peraltainsurance.example", "accounting",
        "2210 N Campbell Row, Suite 4", "Tucson", "85719", 2.2, 5, 3, 0, "Per user monthly", "Cactus Cable",
    ),
    Company(
        "Sky Island Surveying", "SIS", "skyislandsurveying.example", "architects",
        "515 E Plumb Line Lane", "Tucson", "85705", 2.1, 4, 3, 0, "Hourly", "Desert Link",
    ),
    Company(
        "Ocotillo Print & Sign", "OPS", "ocotilloprint.example", "manufacturing",
        "1933 E Letterpress Street", "Tucson", "85719", 2.0, 5, 3, 0, "Managed Silver", "Westline Fiber",
    ),
    Company(
        "Canyon Rim Counseling", "CRC", "canyonrimcounseling.example", "clinic",
        "4001 E Stillwater Drive, Suite 14", "Tucson", "85712", 1.8, 5, 3, 0, "Per user monthly", "Cactus Cable",
    ),
    Company(
        "The Sister Margaret O'Shaughnessy Foundation for Rural Hospice and Palliative Care", "SMF",
        "smofoundation.example", "charity",
        "88 W Benefactor Walk, Suite 1500", "Tucson", "85701", 1.9, 6, 3, 0, "Managed Silver", "Westline Fiber",
    ),
    Company(
        "Valenzuela Citrus Growers", "VCG", "valenzuelacitrus.example", "wholesale",
        "14500 W Grove Road", "Marana", "85653", 1.7, 6, 4, 1, "Managed Silver", "Desert Link",
        (("Packing house", "14500 W Grove Road", "Marana", "85653"),
         ("Cold store", "14750 W Grove Road", "Marana", "85653")),
        "The line to the packing house is a radio link; it drops in dust storms.",
    ),
    Company(
        "Redfern Title & Escrow", "RTE", "redferntitle.example", "law",
        "5470 E Deed Street, Suite 200", "Tucson", "85711", 1.6, 6, 4, 0, "Managed Gold", "Westline Fiber",
        notes="Wire instructions are never taken by mail. Report every suspicious message at once.",
    ),
    Company(
        "Barrio Cycle Works", "BCW", "barriocycle.example", "retail",
        "330 S Convent Row", "Tucson", "85701", 1.4, 3, 2, 0, None, "Cactus Cable",
    ),
    Company(
        "High Desert Imaging", "HDI", "highdesertimaging.example", "clinic",
        "1010 N Radiance Avenue", "Tucson", "85719", 1.3, 8, 5, 1, "Managed Gold", "Westline Fiber",
        notes="The image archive must answer within two seconds; radiologists read from home in the evening.",
    ),
    Company(
        "Agua Linda Winery", "ALW", "agualindawinery.example", "food",
        "2643 E Vineyard Road", "Sonoita", "85637", 1.1, 4, 2, 0, "Hourly", "Desert Link",
    ),
    Company(
        "Northwest Youth Orchestra", "NYO", "nwyouthorchestra.example", "charity",
        "6666 N Overture Place", "Tucson", "85741", 0.95, 3, 2, 0, None, "Cactus Cable",
    ),
    Company(
        "Tortolita Home Health", "THH", "tortolitahomehealth.example", "clinic",
        "12015 N Caregiver Lane", "Oro Valley", "85755", 0.7, 9, 5, 0, "Per user monthly", "Westline Fiber",
    ),
    Company(
        "Vance & Daughters Plumbing", "VDP", "vanceplumbing.example", "trades",
        "2901 N Copper Pipe Road", "Tucson", "85705", 0.45, 6, 3, 0, None, "Cactus Cable",
    ),
    Company(
        "Luminaria Early Learning", "LEL", "luminarialearning.example", "school",
        "717 E Storybook Street", "Tucson", "85719", 0.2, 11, 5, 0, "Managed Silver", "Desert Link",
        notes="Still moving in: two more classrooms get their network this term.",
    ),
)  # fmt: skip

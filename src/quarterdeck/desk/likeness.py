"""What two records of one company or person have in common, however they were written down."""

import re
import unicodedata

# Words that say how a company is constituted, or nothing at all.
LEGAL_FORMS = """
    inc incorporated llc llp lp pllc pc ltd limited plc corp corporation co company cie the
    gmbh mbh ag kg kgaa ohg gbr ug se und
    sa sas sasu sarl eurl et sl slu srl spa snc sapa lda ltda cia
    bv nv vof cv ab as asa aps oy oyj zoo sro kft pty pte pvt and
"""
# Where people of many companies have their mail.
PUBLIC_DOMAINS = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com icloud.com
    me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de t-online.de freenet.de mail.com
    mail.ru yandex.ru zoho.com fastmail.com comcast.net verizon.net att.net sbcglobal.net btinternet.com
    orange.fr wanadoo.fr free.fr laposte.net libero.it qq.com 163.com
"""
MEANINGLESS = frozenset(LEGAL_FORMS.split())
SHARED = frozenset(PUBLIC_DOMAINS.split())


def company_key(name: str) -> str | None:
    """A company's name without legal forms, punctuation, accents and spaces; None where nothing would be left."""
    found = words(name)
    return "".join(word for word in found if word not in MEANINGLESS) or "".join(found) or None


def person_key(first: str | None, last: str | None) -> str | None:
    """The words of a person's name, in one order."""
    return " ".join(sorted(words(f"{first or ''} {last or ''}"))) or None


def company_domain(*domains: str | None) -> str | None:
    """The first of these domains that is a company's own."""
    return next((domain for domain in domains if domain and domain not in SHARED), None)


def words(text: str) -> list[str]:
    # A dot or an apostrophe parts no words: `S.A.R.L.`, `O'Brien`.
    bare = re.sub(r"[.'’]", "", unicodedata.normalize("NFKD", text))
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", plain.casefold())

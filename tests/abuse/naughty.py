"""Text that has hurt programs before."""

import random

# Each is to come back byte for byte, or to be refused.
TEXTS = {
    "sql": "Robert'); DROP TABLE tickets;--",
    "sql comment": "1' OR '1'='1' /* \" ` ;",
    "sql placeholders": ":name %s %(id)s ? $1 {} @p1",
    "sql like": "%_\\%\\_[a-z]^",
    "full text": '"title" OR NEAR(a b) * AND NOT -x : ^ {col}',
    "tsquery": "a & !b | (c <-> d):*AB \\' ''",
    "template": "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %} [[7*7]]",
    "format": "%n%n%s%x %d {0.__class__} {0!r:>100000}",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;&#x3C;",
    "xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a> ]]>',
    "ldap": "*)(uid=*))(|(uid=*",
    "shell": "$(touch /tmp/x) `id` ; rm -rf / | cat && echo",
    "path": "../../../../etc/passwd%00.png ..\\..\\windows\\win.ini",
    "header": "a\r\nSet-Cookie: admin=1\r\n\r\n<html>",
    "log": '\nERROR {"event":"forged"}\n',
    "ansi": "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "controls": "a\x01\x02\x08\x0b\x0c\x0e\x1f\x7fz",
    "c1 controls": "a\x80\x85\x9f\xa0\xadz",
    "nul": "before\x00after",
    "lone high surrogate": "a\ud800z",
    "lone low surrogate": "a\udfffz",
    "noncharacters": "a\ufffe\uffff\U0001fffe\U0010ffffz",
    "replacement": "a\ufffdz",
    "right to left": "invoice\u202egpj.exe\u202c \u2066x\u2069",
    "arabic and hebrew": "مرحبا بالعالم שלום",
    "composed": "Zo\u00eb caf\u00e9 \u212b \ufb01",
    "decomposed": "Zoe\u0308 cafe\u0301 A\u030a",
    "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f",
    "byte order mark": "\ufeffTitle",
    "zalgo": "Z" + "\u0335\u0321\u0327\u0316" * 20 + "a",
    "emoji": "👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 👍🏿 🇩🇪",
    "astral": "𝕿𝖎𝖈𝖐𝖊𝖙 𐐷 𠜎",
    "grows when folded": "ﷺ" * 40 + "ŉΐİßﬃ",
    "turkish": "İIıi ISTANBUL",
    "digits of all scripts": "１２３ ٣٤٥ ½ ²",
    "spaces inside": "a \t  b\u3000c\u2028d\u2029e",
    "only punctuation": "'\"`;:!?.,-_()[]{}<>|/\\~^",
    "json": '{"CustomerID": 1, "__proto__": {"admin": true}}',
    "json escapes": "\\u0000 \\ud800 \\n \\",
    "null words": "null",
    "none": "None undefined NaN",
    "true": "true",
    "number": "1e309",
    "octal": "007",
    "formula": "=cmd|' /C calc'!A0",
    "like a date": "0000-00-00T00:00:00Z",
    "like a url": "http://169.254.169.254/latest/meta-data/?a=b&c=d#e",
    "percent": "%2e%2e%2f %00 %ZZ %",
    "plus": "a+b c%20d",
    "mail header": "x@y.example>\r\nBcc: all@y.example",
    "long word": "x" * 240,
    "as long as a name": "é" * 250,
    "longer than a name": "n" * 251,
    "longer than a line": "t" * 501,
    "long": "Lorem ipsum, " * 10_000,
    "longer than anything": "y" * 200_001,
}
_pick = random.Random(7)
# Many different words, each of which grows when it is folded for the search index.
TEXTS["long and hard to index"] = " ".join(
    "".join(chr(_pick.randrange(0x3300, 0x3357)) for _ in range(15)) for _ in range(12_000)
)
TEXTS["hard to compress"] = "".join(chr(_pick.randrange(0x20000, 0x2A000)) for _ in range(250))
TEXTS["hard to compress, folded"] = "".join(chr(_pick.randrange(0x3300, 0x3357)) for _ in range(250))

# What may go into a line of a query or a path: short enough for any server.
SHORT = {name: text for name, text in TEXTS.items() if len(text) <= 600}

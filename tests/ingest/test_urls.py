"""Which addresses are kept, and which are the same page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import urls


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("https://news.example/a?b=1#c", "", "https://news.example/a?b=1#c"),
        ("HTTPS://News.Example", "", "https://News.Example/"),
        ("/a b", "https://news.example/x/", "https://news.example/a%20b"),
        ("//other.example/x", "https://news.example/", "https://other.example/x"),
        ("  https://news.example/\u00e9  ", "", "https://news.example/%C3%A9"),
        ("https://user:secret@bank.example/", "", "https://bank.example/"),
        ("https://\u0430pple.example/", "", "https://xn--pple-43d.example/"),
        ("https://bank\u3002example/", "", "https://bank.example/"),
        ("http://\u2460\u2461\u2466.0.0.1/", "", "http://127.0.0.1/"),
        ("https://news.example:8443/a", "", "https://news.example:8443/a"),
        ("http://[::1]:8/x", "", "http://[::1]:8/x"),
        ('https://e.example/`touch x`|<>"', "", "https://e.example/%60touch%20x%60%7C%3C%3E%22"),
    ],
)
def test_absolute(link: str, base: str, expected: str) -> None:
    assert urls.absolute(link, base) == expected


@pytest.mark.parametrize(
    "link",
    [
        "", "   ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "file:///etc/hostname", "data:text/html,x",
        "ftp://x.example/", "//x.example/a", "/etc/hostname", "--new-window", "https://", "https://x.example:port/", "https://x.example:99999/",
        "https://a b.example/", "https://[::1/", "https://x.example/\x00y", "https://" + "a" * 5000, "mailto:a@b.example", "blob:https://x.example/1",
        "view-source:https://x.example/", "smb://x.example/y", "https://%2e.example/", "http:///x.example",
    ],
)  # fmt: skip
def test_no_address(link: str) -> None:
    assert urls.absolute(link) == ""


SAME = [
    ("https://www.news.example/a/", "http://news.example/a"),
    ("https://news.example:443/a#frag", "https://news.example/a"),
    ("https://NEWS.example./a", "https://news.example/a"),
    ("https://m.news.example/a", "https://news.example/a"),
    ("https://amp.news.example/a", "https://news.example/a"),
    ("https://news.example/a/amp/", "https://news.example/a"),
    ("https://news.example/a?amp=1", "https://news.example/a"),
    ("https://news.example/a?outputType=amp", "https://news.example/a"),
    ("https://news.example/a?AMP=True", "https://news.example/a"),
    ("https://www.google.com/amp/s/news.example/a/amp", "https://news.example/a"),
    ("https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"),
    ("https://www.google.com/url?url=https://news.example/a&sa=D", "https://news.example/a"),
    ("https://news.example/%7euser/%e2%82%ac", "https://news.example/~user/%E2%82%AC"),
    ("https://www.cnbc.com/a.html?__source=rss", "https://www.cnbc.com/a.html"),
    ("https://techcrunch.com/a?guccounter=1&guce_referrer=x", "https://techcrunch.com/a"),
    ("https://mobile.news.example/a", "https://news.example/a"),
    ("https://www.m.news.example/a", "https://news.example/a"),
    ("https://news.example/amp/a", "https://news.example/a"),
    ("https://news.example/a.amp.html", "https://news.example/a"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa&h=x", "https://news.example/a"),
    ("https://news.example/a?id=1&", "https://news.example/a?id=1"),
    ("https://news.example/a?", "https://news.example/a"),
    ("https://b\u00fccher.example/a", "https://xn--bcher-kva.example/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_page(one: str, other: str) -> None:
    assert urls.canonical(one) == urls.canonical(other)


DIFFERENT = [
    ("https://news.example/a", "https://news.example/b"),
    ("https://news.example/?id=1", "https://news.example/?id=2"),
    ("https://news.example/#!/a", "https://news.example/#!/b"),
    ("https://news.example/a?source=x", "https://news.example/a"),
    ("https://github.example/a?ref=main", "https://github.example/a"),
    ("https://news.example:8080/a", "https://news.example/a"),
    ("https://amp.dev/a", "https://dev/a"),
    ("https://news.example/a?b=1&a=2", "https://news.example/a?a=2&b=1"),
    ("https://news.example/camp", "https://news.example/c"),
    ("https://news.example/A", "https://news.example/a"),
    ("https://one.substack.com/p/a", "https://two.substack.com/p/a"),
    ("https://www.google.com/url?url=javascript:x", "https://www.google.com/url"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_page(one: str, other: str) -> None:
    assert urls.canonical(one) != urls.canonical(other)


TRACKERS = """utm_source utm_anything mtm_campaign ga_source _ga _gl fbclid fb_action_ids gclid dclid gbraid wbraid gclsrc srsltid msclkid
yclid ysclid twclid __twitter_impression mc_cid mc_eid mc_tc mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsa_cam hsCtaTracking vero_id
vero_conv oly_anon_id oly_enc_id rb_clickid wickedid s_cid sc_cid cmpid itm_source otm_source hmb_campaign campaign_id _openstat _bhlid
_branch_match_id Echobox spm __readwiseLocation"""
SITED = """www.nytimes.com/smid www.theguardian.com/CMP www.cnbc.com/__source www.reuters.com/taid www.wired.com/intcid
www.bbc.co.uk/xtor www.bbc.com/at_medium techcrunch.com/ncid techcrunch.com/guccounter techcrunch.com/guce_referrer www.forbes.com/sh
medium.com/source www.youtube.com/si www.youtube.com/feature www.youtube.com/pp www.reddit.com/share_id www.reddit.com/rdt"""


@pytest.mark.parametrize("name", TRACKERS.split())
@pytest.mark.parametrize("write", [str, str.lower, str.upper], ids=["", "lower", "UPPER"])
def test_every_tracker_goes_on_every_site(name: str, write: Callable[[str], str]) -> None:
    """Rule 62."""
    url = f"https://news.example/a?{write(name)}=x&id=7&{write(name)}=y"
    assert urls.canonical(url) == "news.example/a?id=7"


@pytest.mark.parametrize("place", SITED.split())
def test_some_parameters_are_trackers_on_one_site_only(place: str) -> None:
    host, _, name = place.partition("/")
    for written in (name, name.lower(), name.upper()):
        assert urls.canonical(f"https://{host}/a?id=7&{written}=x") == urls.canonical(f"https://{host}/a?id=7")
        assert written in urls.canonical(f"https://news.example/a?id=7&{written}=x")


@pytest.mark.parametrize("name", ["id", "p", "q", "page", "v", "story", "utm", "source", "ref", "gaid", "spmx", "fb"])
def test_parameters_that_name_a_page_stay(name: str) -> None:
    assert urls.canonical(f"https://news.example/a?{name}=1") == f"news.example/a?{name}=1"


def test_ref_goes_only_when_it_names_our_own_host() -> None:
    own = frozenset({"news.example"})
    assert urls.canonical("https://a.example/x?ref=www.news.example", own_hosts=own) == "a.example/x"
    assert urls.canonical("https://a.example/x?ref=main", own_hosts=own) == "a.example/x?ref=main"


PIECES = [
    "/amp",
    "/amp/",
    ".amp",
    ".html",
    "/url?url=https://a.example/",
    "utm_source=x",
    "&amp=1",
    "%7e",
    "%2F",
    "/s/",
    "#!",
    "..",
    "//",
]
PARTS = st.one_of(
    st.text(alphabet="abAB01.%2fF/?&=#!:@-_~ é", max_size=25),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(alphabet="aB/?&=", max_size=3)), max_size=8).map("".join),
)


@given(
    st.sampled_from(["https://", "http://", ""]),
    st.sampled_from(["www.a.example", "m.a.example", "A.example:80", "google.com"]),
    PARTS,
)
def test_canonical_settles(scheme: str, host: str, rest: str) -> None:
    key = urls.canonical(f"{scheme}{host}/{rest}")
    assert urls.canonical(key) == key


@given(st.text(), st.text(max_size=20))
def test_absolute_gives_an_address_or_nothing(link: str, base: str) -> None:
    url = urls.absolute(link, base)
    assert url == "" or url.startswith(("http://", "https://"))
    assert url.isprintable()
    assert " " not in url
    assert urls.absolute(url) == url


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False),
        ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("2002:7f00:1::", False), ("ff02::1", False), ("fec0::1", False),
    ],
)  # fmt: skip
def test_is_public(address: str, public: bool) -> None:
    assert urls.is_public(address) is public


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("https://news.example/a", "news.example"),
        ("https://one.substack.com/feed", "substack.com"),
        ("https://two.substack.com/feed", "substack.com"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("http://localhost/a", "http://localhost/a"),
        ("http://192.168.1.5/a", "http://192.168.1.5/a"),
    ],
)
def test_scope(url: str, scope: str) -> None:
    assert urls.scope(url) == scope

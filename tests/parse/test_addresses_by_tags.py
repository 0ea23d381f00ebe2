"""Addresses that site generators make: by shortcodes, tags, expressions and roots of paths.

The forms are those of the generators' documentation, and of sites that were found to use them.
"""

import pytest

from reader.document.blocks import SpanKind
from reader.document.document import Document
from reader.parse.document_links import document_links
from tests.parse.blocks import image, markdown, para

LINK = SpanKind.LINK


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ('{{< relref "sea" >}}', "ref:sea"),
        ('{{<ref "/port/sea.md#岸">}}', "ref:/port/sea.md#岸"),
        ('{{% relref path="sea.md" lang="zh" %}}', "ref:sea.md"),
        ("{{< ref sea.md />}}#岸", "ref:sea.md#岸"),
        ('{{< relref "海 边 (一).md" >}}', "ref:海%20边%20%28一%29.md"),
        ('{{< relref "/port/" >}}sea/', "ref:/port/sea/"),
        ('{{< relref "/port" >}}sea/', "ref:/port/sea/"),
        ('{{< relref "/port" >}}?a=b', "ref:/port?a=b"),
        ("{% post_url 2021-02-03-sea %}#岸", "ref:2021-02-03-sea#岸"),
        ("{%- post_url 港/2021-02-03-海 边 -%}", "ref:港/2021-02-03-海%20边"),
        ("{{ site.baseurl }}{% post_url 2021-02-03-sea %}", "ref:2021-02-03-sea"),
        ("{{site.baseurl}}/{% post_url 2021-02-03-sea %}", "ref:2021-02-03-sea"),
        ("{% link _posts/2021-02-03-sea.md %}#岸", "_posts/2021-02-03-sea.md#岸"),
        ("{{ site.baseurl }}/{% link 文件/海 边 (一).pdf %}", "文件/海%20边%20%28一%29.pdf"),
        ("{% post_link 'the sea' %}", "ref:the%20sea"),
        ("{% post_path sea %}", "ref:sea"),
        ("{% asset_link 'a b.pdf' %}", "a%20b.pdf"),
        ('{{ "/海 边/" | relative_url }}#岸', "/海%20边/#岸"),
        ("{{ '/sea.html' | prepend: site.baseurl }}", "/sea.html"),
    ],
)
def test_an_address_may_be_made_by_a_tag(address: str, target: str) -> None:
    expected = [para("见海边。", ("海边", LINK, target))]
    assert markdown(f"见[海边]({address})。") == expected
    assert markdown(f'见[海边]({address} "题")。') == expected
    assert markdown(f"见[海边](<{address}>)。") == expected
    assert markdown(f"见[海边][a]。\n\n[a]: {address}\n") == expected
    assert markdown(f"见[海边][a]。\n\n[a]: <{address}>") == expected
    assert (
        markdown(f"见<a href='{address}'>海边</a>。" if "'" not in address else f'见<a href="{address}">海边</a>。')
        == expected
    )
    assert markdown(f"见[`海边`]({address})。") == [para("见海边。", ("海边", LINK, target), ("海边", SpanKind.CODE))]


def test_a_reference_outside_an_address_is_a_link_to_what_it_names() -> None:
    assert markdown('甲：{{< ref "海 边.md" >}}。') == [para("甲：海 边.md。", ("海 边.md", LINK, "ref:海%20边.md"))]
    assert markdown("甲：{% post_url 2021-02-03-sea %}。") == [
        para("甲：2021-02-03-sea。", ("2021-02-03-sea", LINK, "ref:2021-02-03-sea"))
    ]
    assert markdown('`[甲]({{< ref "sea" >}})`') == [
        para('[甲]({{< ref "sea" >}})', ('[甲]({{< ref "sea" >}})', SpanKind.CODE))
    ]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("{filename}/港/海.md#岸", "/港/海.md#岸"),
        ("{filename}海.md", "海.md"),
        ("|filename|../海.md", "../海.md"),
        ("{static}/files/a.pdf", "/files/a.pdf"),
        ("{attach}a.pdf", "a.pdf"),
    ],
)
def test_roots_of_pelican_are_left_out(address: str, target: str) -> None:
    assert markdown(f"见[海边]({address})。") == [para("见海边。", ("海边", LINK, target))]
    assert markdown(f"![图]({address})") == [image("图", target)]
    assert markdown(f"`{address}`") == [para(address, (address, SpanKind.CODE))]


def test_a_definition_may_end_the_text() -> None:
    assert markdown("[甲][a]\n\n[a]: <b c.md>") == [para("甲", ("甲", LINK, "b c.md"))]


@pytest.mark.parametrize(
    "written",
    [
        '{{< note >}}\n见[海边]({{< relref "sea" >}})。\n{{< /note >}}',
        '{{< tab >}}\n{{< note >}}\n见[海边]({{< relref "sea" >}})。\n{{< /note >}}\n{{< /tab >}}',
        "{% note info %}\n见[海边]({% post_link sea %})。\n{% endnote %}",
        "{% quote %}\n见{% post_link sea 海边 %}。\n{% endquote %}",
    ],
)
def test_addresses_within_blocks_of_tags(written: str) -> None:
    links = document_links(Document(tuple(markdown(written))))
    assert [(one.text, one.target) for one in links] == [("海边", "ref:sea")]

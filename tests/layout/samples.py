"""Sample documents for the layout tests. The expected pages in `golden/` were proofread by hand."""

from reader.document.blocks import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Embed,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document
from reader.layout.head import Head


def para(text: str, *spans: Span) -> Paragraph:
    return Paragraph(Inline(text, spans))


def heading(text: str, level: int = 1) -> Heading:
    return Heading(Inline(text), level)


def item(*blocks: Block | str, number: int | None = None, checked: bool | None = None) -> ListItem:
    return ListItem(tuple(para(block) if isinstance(block, str) else block for block in blocks), number, checked)


def mark(text: str, part: str, kind: SpanKind, value: str = "") -> Span:
    start = text.index(part)
    return Span(start, start + len(part), kind, value)


def row(*texts: str, header: bool = False, alignment: Alignment = Alignment.NONE) -> tuple[Cell, ...]:
    return tuple(Cell((para(text),) if text else (), header, alignment) for text in texts)


_REFERRED = "守塔人说，最难的不是风浪，而是雾[1]。雾里的灯只能照出三百米，船上的人要靠雾号辨认方向。"

REPORT = Document(
    (
        Heading(Inline("海边的灯塔"), 0),
        para(
            "灯塔建于1893年，塔高26.4米，灯光射程18海里。它见证过帆船、汽船与今天的集装箱船，也见证过三代守塔人的一生。"
        ),
        heading("塔与人"),
        para(_REFERRED, mark(_REFERRED, "[1]", SpanKind.FOOTNOTE, "1")),
        Quote(
            (
                para("“灯亮着，就有人在。”老人指着塔顶说，“没有人看灯的时候，灯也在看人。”"),
                Quote((para("这句话后来刻在了塔门内侧的石头上。"),)),
            )
        ),
        heading("每天的工作", 2),
        ListBlock(
            (
                item("日落前二十分钟点灯，并在值班簿上写下时间、风向和能见度；"),
                item(
                    "每两小时给旋转机构上一次发条：",
                    ListBlock((item("大雾天改为每小时一次"), item("停电时换用煤油灯"))),
                ),
                item("日出后熄灯，擦净透镜。"),
            ),
            ordered=True,
            start=9,
        ),
        heading("历年维修", 2),
        Table(
            (
                row("年份", "工程", "费用（万元）", header=True),
                row("1956", "更换透镜，加固塔基", "1.2"),
                row("1987", "电气化改造，铺设海底电缆，旧发电机移入陈列室", "36.5"),
                row("2014", "整体修缮", "288.0"),
            ),
            1,
            (para("表一　灯塔的三次大修"),),
        ),
        Figure(
            (Image(Inline("黄昏时的灯塔，塔身一半在阴影里"), "https://example.org/tower.jpg"),),
            (para("灯塔西侧，2014年修缮之后。"),),
        ),
        Image(Inline(""), "https://example.org/plan.png"),
        heading("灯质"),
        para("灯质是灯光的“姓名”。下面的程序按灯质表计算一个周期内的明暗："),
        CodeBlock(
            Inline(
                "def flashes(period: float, groups: list[int]) -> list[float]:\n"
                "    # 每一组闪光之间留出相等的暗时间\n"
                "    return [period / len(groups) * number for number, _ in enumerate(groups)]\n"
            ),
            "python",
        ),
        para("射程与灯高的关系近似为："),
        MathBlock(Inline(r"d = 2.08\,(\sqrt{H} + \sqrt{h})")),
        DefinitionList(
            (
                Definition((para("定光"),), (para("持续不断、亮度不变的灯光。"),)),
                Definition((para("闪光"),), (para("明的时间短于暗的时间，且每分钟少于五十次的灯光。"),)),
            )
        ),
        Details(para("参观须知"), (para("每周一闭馆。登塔请走左侧楼梯，共一百一十二级。"),)),
        ListBlock((item("购票", checked=True), item("预约登塔", checked=False))),
        Rule(),
        Embed(Inline("守塔人的一天（12分钟）"), "video", "https://example.org/day.mp4"),
        Footnotes((Footnote("1", (para("当地人把春天的海雾叫作“白墙”。"),)),)),
    )
)
REPORT_HEAD = Head("海边的灯塔：一座塔、三代人和一百三十年的光", "林远 · 2024-03-16 周六 · 1,024 字 · 约 3 分钟")

_LENS = "The lens, which turns once in 20 seconds, weighs more than a small car and floats on mercury[2]."

ESSAY = Document(
    (
        para(
            "Nobody lives in the lighthouse any more. The lamp comes on by itself at dusk, and a telephone somewhere "
            "on the mainland rings if it does not."
        ),
        heading("What the keeper left behind"),
        para(_LENS, mark(_LENS, "[2]", SpanKind.FOOTNOTE, "2"), mark(_LENS, "mercury", SpanKind.EMPHASIS)),
        heading("Tools", 2),
        ListBlock(
            (
                item("a brass oil can, still half full;"),
                item(
                    "three logbooks:",
                    ListBlock(
                        (item("weather,"), item("ships, by name where the name could be read,"), item("visitors."))
                    ),
                ),
                item("a chair that faces the sea and nothing else."),
            )
        ),
        heading("A page of the log", 3),
        Table(
            (
                row("Day", "Wind", "Remarks", header=True),
                row("Monday", "NW 6", "Heavy rain before noon. The supply boat did not come, as was to be expected."),
                row("Tuesday", "W 3", "Supply boat with oil, flour and two letters."),
            ),
            1,
        ),
        ListBlock(
            (
                item("First the wick is trimmed.", "A wick that smokes costs a mile of range."),
                item("Then the lamp is lit."),
            ),
            ordered=True,
            style="i",
        ),
        CodeBlock(
            Inline(
                "$ tide --port harbour --from 2024-03-16 --days 2 --format table --no-colour --metric\nHW 04:12  3.9 m"
            )
        ),
        Quote((para("Keep the light."), ListBlock((item("Keep the log."), item("Keep the time."))))),
        Footnotes(
            (
                Footnote(
                    "2",
                    (
                        para(
                            "About 300 kilograms of it; today a bearing of steel does the work, and nobody is poisoned."
                        ),
                    ),
                ),
            )
        ),
    )
)
ESSAY_HEAD = Head(
    "The lighthouse that keeps itself, and what its last keeper left behind when he rowed home",
    "A. Reader · 2024-03-16",
)

SAMPLES = {"report": (REPORT_HEAD, REPORT), "essay": (ESSAY_HEAD, ESSAY)}

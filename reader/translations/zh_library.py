"""Chinese for the index, the search and what both say of themselves."""

LIBRARY: dict[str, str] = {
    # index
    "Reading it ended the process that read it; it was given up": "读取它的进程崩溃了，已放弃读取",
    "Reading it took too long; it was given up": "读取时间太长，已放弃",
    "The index cannot be written ({path}): {reason}": "索引无法写入（{path}）：{reason}",
    "it was damaged": "它已损坏",
    "it was made by another version of reader": "它是别的版本的 reader 建的",
    "pinyin or variants of characters can be searched now, or no more": "拼音或简繁互查的可用情况变了",
    "see whether its folder can be written and the disk has room; XDG_CACHE_HOME names another folder": (
        "请检查其文件夹能否写入、磁盘是否有空间；可用 XDG_CACHE_HOME 指定别的文件夹"
    ),
    "The index cannot be made ({reason})": "索引建不起来（{reason}）",
    "The index is damaged ({reason})": "索引已损坏（{reason}）",
    "The index is made anew: {why}": "正在重建索引：{why}",
    "it cannot be locked": "无法加锁",
    "“reader index --rebuild” makes it anew": "可用“reader index --rebuild”重建",
    # index, search, check, stats
    "Bring the index of an archive up to date.": "更新文库的索引。",
    "By category": "按分类",
    "By month": "按月份",
    "By source": "按来源",
    "Done": "完成",
    "List what could not be read well, and what was made of it.": "列出没能读好的文件、原因，以及怎样处理的。",
    "Looking": "查找",
    "No source": "无来源",
    "Search the articles of an archive.": "搜索文库里的文章。",
    "Show how many articles there are, as charts.": "用图表显示文章数量。",
    "Texts": "正文",
    "Titles": "标题",
    "a limit is a whole number from 1 up": "上限是大于 0 的整数",
    "articles shown at most (20)": "最多显示几篇（20）",
    "make it anew": "重新建立",
    "only what fits a query, see the README": "只列出符合查询的，写法见 README",
    "the newest first, not the best": "新的在前，而不是最相符的在前",
    "what to look for, see the README": "要找什么，写法见 README",
    "{count:,} articles": "{count:,} 篇文章",
    "{count:,} others": "其余 {count:,} 项",
    "{count:,} warnings": "{count:,} 条警告",
    "{name}: {articles:,} articles, {warnings:,} warnings, {seconds:.1f} s, {rate:,.0f} articles/s": "{name}：{articles:,} 篇，{warnings:,} 条警告，{seconds:.1f} 秒，每秒 {rate:,.0f} 篇",
    "{rate:,.0f} a second": "每秒 {rate:,.0f} 篇",
    "{seconds:,.0f} s left": "还需 {seconds:,.0f} 秒",
}

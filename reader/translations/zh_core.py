"""Chinese for the commands, errors and warnings."""

CORE: dict[str, str] = {
    # cli
    "Commands without the screen: show, outline, list, export; “reader COMMAND --help” tells more.": (
        "不开界面的命令：show、outline、list、export；用“reader 命令 --help”查看说明。"
    ),
    "Print an article as set text.": "把一篇文章排好版打印出来。",
    "Print the articles of an archive, newest first.": "列出文库里的文章，新的在前。",
    "Print the outline of an article.": "打印一篇文章的目录。",
    "Read archived articles in the terminal.": "在终端里阅读存档的文章。",
    "Write articles as text files.": "把文章写成文本文件。",
    "The screen needs a terminal, and this is a pipe or a file": "界面需要终端，而这里是管道或文件",
    "“reader show FILE” prints an article, “reader list” the articles": "“reader show 文件”打印一篇，“reader list”列出全部",
    "a folder of articles or a single file; may be given more than once": "文章的文件夹或单个文件；可以给多次",
    "a folder of articles, or a single file": "文章的文件夹，或单个文件",
    "a width is a whole number of cells from {low} to {high}": "宽度是 {low} 到 {high} 的整数，以格计",
    "an article": "一篇文章",
    "the article": "文章",
    "as a list of objects": "输出为 JSON 对象的列表",
    "as a list of objects with level, title and line": "输出为 JSON 对象的列表，含 level、title 和 line",
    "cells a line may be wide at most (80)": "一行最多几格宽（80）",
    "where to write (this folder); made if need be": "写到哪里（当前文件夹）；没有就新建",
    "write over files that exist": "覆盖已有的文件",
    "{command} --help tells what it takes": "用 {command} --help 查看用法",
    "{path} is a folder, not an article": "{path} 是文件夹，不是文章",
    "“reader {path}” opens it": "用“reader {path}”打开它",
    "{path} is no article that can be read": "{path} 不是能读的文章",
    "nothing in it can be read": "里面没有能读的内容",
    "reader: warning: {fault}": "reader: 警告：{fault}",
    "reader: and {count:,} more warnings": "reader: 另有 {count:,} 条警告",
    # library
    "No category": "未分类",
    "No date": "无日期",
    "{count:,} characters": "{count:,} 字",
    "{count:,} words": "{count:,} 词",
    "{minutes} min": "约 {minutes} 分钟",
    "The folder for marks cannot be made ({path}): {reason}": "无法新建存放书签的文件夹（{path}）：{reason}",
    "The store of marks cannot be used ({path}): {reason}": "书签库无法使用（{path}）：{reason}",
    "The store of marks is of a newer version ({version}) than this reader knows": (
        "书签库的版本（{version}）比这个 reader 新"
    ),
    "name another data folder with XDG_DATA_HOME": "用 XDG_DATA_HOME 指定别的数据文件夹",
    "see whether its folder can be written and the disk has room": "看看文件夹能否写入、磁盘是否还有空间",
    "update reader, or name another data folder with XDG_DATA_HOME": (
        "请更新 reader，或用 XDG_DATA_HOME 指定别的数据文件夹"
    ),
    # settings
    "The settings are not valid YAML ({path})": "设置文件不是有效的 YAML（{path}）",
    "The settings cannot be read ({path}): {reason}": "设置文件读不了（{path}）：{reason}",
    "the form of a line is “key: value”": "每行的形式是“键: 值”",
    "Unknown setting “{key}” in {path}": "{path} 里有不认识的设置“{key}”",
    "did you mean {near}?": "是不是想写 {near}？",
    "known are {keys}": "认识的有 {keys}",
    "mend or remove it": "请改正或删除它",
    "mend or remove the line": "请改正或删除这一行",
    "“{key}” in {path} {what}": "{path} 里的“{key}”{what}",
    "must be a list of “key: value” lines": "必须是一行行的“键: 值”",
    "must be a text or a list of texts": "必须是文字或文字的列表",
    "must be one of {choices}": "必须是 {choices} 之一",
    "must be {kind}": "必须是{kind}",
    "must lie between {low} and {high}": "必须在 {low} 和 {high} 之间",
    "a text": "文字",
    "a whole number": "整数",
    "true or false": "true 或 false",
    # layout
    "Image": "图",
    "Video": "视频",
    "Audio": "音频",
    "Web page": "网页",
    "Object": "附件",
    # files written
    "Untitled": "无题",
    "“{name}” is no file name": "“{name}”不能用作文件名",
    "{path} exists already": "{path} 已经存在",
    "--force writes over it": "加上 --force 就会覆盖",
    "{path} cannot be written: {reason}": "{path} 写不了：{reason}",
    "choose another folder with -o": "用 -o 另选文件夹",
    "The text could not be read as {format} ({reason}); it is shown as it was written": (
        "正文无法按 {format} 读取（{reason}）；照原样显示"
    ),
}

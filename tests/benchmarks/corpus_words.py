"""The vocabulary and the templates of generated archives."""

# Nouns, verbs, adjectives, adverbs, places, times, units, surnames, firms and parts of product names; then English,
# Japanese, Korean and traditional Chinese. The first words are the most frequent; templates refer to the lists by
# letters.
WORDS = {
    "n": """公司 市场 企业 项目 技术 产品 数据 平台 用户 服务 价格 资金 政策 系统 经济 城市 行业 工程 记者 问题 计划
能力 消费 投资 产业 银行 机构 收入 利润 成本 需求 供应链 工厂 设备 芯片 材料 模型 算法 网络 软件 手机 汽车 电池 能源
电力 煤炭 石油 天然气 光伏 风电 港口 铁路 公路 机场 航班 货物 物流 仓库 集装箱 订单 合同 出口 进口 关税 贸易 海关 外贸
农业 粮食 小麦 玉米 大豆 水稻 蔬菜 水果 茶叶 渔船 渔民 牧场 奶粉 猪肉 餐厅 菜单 厨房 味道 酒店 旅客 景区 门票 博物馆
展览 画家 作品 音乐 电影 导演 演员 观众 剧本 舞台 小说 作家 读者 书店 出版社 杂志 报纸 新闻 评论 话题 热搜 视频 直播
主播 账号 粉丝 广告 品牌 门店 商场 超市 快递 外卖 骑手 司机 地铁 公交 路口 社区 居民 老人 孩子 家长 学生 老师 学校 大学
课程 考试 论文 教授 实验室 研究 团队 科学家 卫星 火箭 望远镜 轨道 月球 火星 恒星 星系 气候 气温 台风 暴雨 洪水 地震 森林
河流 湖泊 海洋 岛屿 灯塔 山谷 沙漠 草原 野生动物 候鸟 植物 花园 医院 医生 护士 患者 药物 疫苗 病毒 手术 保险 基金 股票
债券 期货 黄金 白银 汇率 利率 通胀 央行 监管 法院 律师 案件 证据 判决 警方 规定 条例 标准 专利 版权 合作 协议 会议 论坛
报告 调查 统计 季度 年度 指数 比例 规模 结构 趋势 风险 机会 压力 信心 预期 目标 方案 措施 经验 过程 结果 原因 影响 意义
价值 文化 历史 传统 故事 生活 工作 时间 空间 环境 条件 资源 信息 安全 隐私 密码 代码 接口 函数""",
    "v": """发展 增长 推动 提高 完成 支持 使用 建设 发布 推出 提供 实现 下降 上涨 销售 生产 研究 投资 购买 管理 改变
影响 保护 增加 减少 扩大 缩小 调整 控制 解决 发现 选择 参加 组织 举办 开放 关闭 启动 暂停 恢复 取消 延长 缩短 签署 收购
出售 转让 合并 拆分 重组 上市 融资 募集 分红 回购 质押 减持 增持 披露 公布 预测 估计 评估 审查 批准 拒绝 接受 申请 登记
检查 测量 记录 分析 比较 讨论 讲述 描写 翻译 阅读 收藏 展示 拍摄 剪辑 播放 下载 安装 升级 修复 优化 编译 部署 调用 存储
传输 加密 压缩 搜索 排序 设计 制造 组装 运输 装卸 储存 配送 采购 种植 收割 养殖 捕捞 烹饪 品尝 治疗 预防 接种""",
    "a": """重要 主要 稳定 快速 明显 积极 复杂 简单 严格 公开 独立 完整 先进 传统 全新 高效 安全 可靠 灵活 便宜 昂贵
紧张 宽松 活跃 低迷 强劲 疲软 乐观 谨慎 平稳 剧烈 缓慢 持久 短暂 广泛 有限 充足 不足 清晰 模糊 精确 粗糙 漂亮 古老""",
    "d": "已经 正在 将 继续 逐步 再次 首次 大幅 小幅 同时 目前 不断 进一步 共同 全面 基本 正式 预计 可能 仍然 尤其",
    "p": """上海 北京 广州 深圳 中国 美国 杭州 成都 武汉 重庆 南京 苏州 天津 西安 青岛 宁波 厦门 长沙 郑州 合肥 大连
沈阳 哈尔滨 昆明 贵阳 兰州 西宁 银川 拉萨 海口 三亚 福州 泉州 温州 绍兴 嘉兴 无锡 常州 南通 烟台 洛阳 宜昌 桂林 香港
澳门 台北 日本 韩国 德国 法国 英国 俄罗斯 印度 巴西 越南 泰国 新加坡 澳大利亚 加拿大 墨西哥""",
    "t": "今年 去年 目前 近日 今天 昨天 日前 上午 下午 当天 本周 上周 上半年 下半年 一季度 三季度 年底 凌晨",
    "u": "亿元 万元 % 万人 亿美元 元 万吨 万台 个百分点 倍 家 公里 万辆 吨 项 平方米 万亩 千瓦时 小时 万股",
    "s": "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅",
    "c": "科技 集团 股份 证券 银行 控股 资本 汽车 能源 生物 医药 电子 传媒 物流 航空 地产 食品 半导体 重工 研究院 大学",
    "l": "Velo Karu Nim Orba Tessa Quin Luma Drav Pico Hexa Zeno Maru Fjel Onda Brio Sylva Corvo Ampe Juno Rive Kelp",
    "m": "ra tek lis on ix data labs soft port nova mind grid flow kit core ware mesh pay scan drive base sync zen dex",
    "e": """market company project report system price team data city model user release network server engine factory
harbour library museum record version teacher student river island garden budget contract satellite telescope""",
    "f": "said built raised opened closed delayed measured found moved shipped sold bought tested replaced followed",
    "h": "new large small local early late quiet rapid steady old bright careful open public narrow rare heavy cheap",
    "j": "会社 市場 技術 製品 電車 図書館 子ども 学校 天気 料理 世界 写真 新聞 言葉 問題 仕事 病院 研究 地震 台風",
    "k": "始めました 発表しました 増えています 減りました 作りました 調べています 考えています 使われています",
    "q": "東京 大阪 京都 北海道 沖縄 福岡 名古屋 横浜 神戸 広島 仙台 長野 四国 奈良 金沢",
    "r": "회사 시장 기술 제품 도서관 학교 날씨 요리 세계 사진 신문 문제 연구 지진 태풍 항구 등대 영화 음악",
    "z": "시작했다 발표했다 늘었다 줄었다 만들었다 조사했다 사용했다 열었다 모았다 이었다 바꾸었다 팔았다",
    "w": "서울 부산 인천 대구 광주 대전 울산 제주 수원 강릉 전주 경주 여수",
    "1": "手機 網絡 電腦 圖書館 學生 醫院 價格 記者 會議 計劃 氣候 颱風 茶葉 書店 電影 導演 報紙 問題 經濟 銀行",
    "2": "發展 開放 關閉 購買 記錄 觀察 討論 運輸 維護 讀懂 連接 離開 寫下 選擇 減少 增長",
    "3": "香港 澳門 臺北 高雄 臺南 九龍 灣仔 花蓮 新竹 廣東 紐約",
}


# Templates are separated by `|` and line ends; in them `@` stands for a clause, `{C}` for a compound, `{n}` for a word.
COMPOUNDS = {
    "N": ("{s}{g}{g}", "{s}{g}{g}", "{s}{g}"),
    "C": ("{g}{g}{c}", "{g}{g}{c}", "{p}{g}{g}{c}", "{g}{g}{n}{c}"),
    "K": ("600{i}.SH", "601{i}.SH", "000{i}.SZ", "300{i}.SZ", "0{o}{i}.HK"),
    "L": ("{l}{m}", "{l}{m} {o}", "{l} {m} Pro", "{l}{m}-{i}", "5G", "AI", "GPU", "Wi-Fi 6", "USB-C", "API"),
}


CHINESE = (
    """{p}的{n}{d}{v}{n}|{C}{d}{v}了{n}和{n}|{n}比{t}{v}了{x}{u}|其中{n}达到{x}{u}|{t}{p}{v}了{x}{u}的{n}|{n}的{n}{d}{a}
{a}的{n}和{a}的{n}都在{v}|由于{n}{a}，{n}{d}{v}|{N}认为{n}{d}会{v}{n}|从{n}到{n}，{p}{d}{v}|{C}（{K}）的{n}为{x}{u}
{L}{d}{v}{n}|{x}{u}{n}在{p}{v}|这是{p}第{o}次{v}{n}|在{n}与{n}之间，{n}更{a}|从{b}起{v}{n}|有{x}%的{n}{v}{n}
不{v}{n}，就难以{v}{n}|对{n}来说，{n}不只是{n}|《{n}{v}{n}》对{n}有{a}的{v}|{n}、{n}、{n}等{n}{d}{v}|{N}和{N}一起{v}{n}
{p}、{p}和{p}的{n}{d}{v}|为了{v}{n}，{C}{v}了{x}{u}|把{n}{v}到了{p}|也有{n}{v}“{a}{n}”|{n}越{a}，{n}就越{a}
没有人知道{n}是怎样{v}的|{n}的{v}与{v}{d}{a}|同比{v}{x}%|{n}共{x}{u}，{a}{n}{x}{u}|{p}{g}{g}镇{v}{n}""",
    """@。|@，@。|@，@。|@，@。|@，@。|@，@，@。|@，@，@。|@，@，@。|@，@；@，@。|{N}表示，@，@。|{N}说：“@，@。”
{t}，@，但@。|@——@，@。|@……|@吗？@。|据{C}{b}消息，@，@。|虽然@，{n}还在{v}。|记者在{p}看到：@，@；@。|{b}，@，@。""",
    """{C}{v}{n}|{p}{n}{d}{v}{n}|{p}{n}{v}{x}{u}|{t}{p}{v}{n}{x}{u}|{N}：{n}{d}{a}|为什么{n}比{n}{a}？
{L}{v}{n}：{n}更{a}|{a}的{n}与{a}的{n}|从{n}到{n}：{p}的{n}{v}|{C}：以{x}{u}{v}{n}|《{n}{n}》{v}，{N}谈{n}
“{a}{n}”{v}{p}{n}|{b}{p}{n}{v}一览|用{L}{v}{n}的{o}个{n}|{n}{v}{n}，{n}{d}{v}""",
)


OTHERS = """{h} {e} of the {e} {f} {x} {e}s|{e} that {f} the {h} {e} {f} it again|{h} {e} {f} the {e} near the {e}
The @.|The @, and the @.|According to {l}{m}, the @.|“The @,” said {l} {l}{m}.|In 20{o} the @; the @.
How the {e} {f} a {h} {e}|{l}{m} {f} the {h} {e}|A {h} {e} for the {e}|Don't trust the {h} {e} that {f}
{q}の{j}で{j}が{k}|{j}と{j}の{j}は{o}年前から{k}|{j}を使った{j}が{k}|{q}では{j}が{x}も{k}|{j}のために{q}の{j}が{k}
@。|@。そして、@。|「@」と{s}さんは話しています。|{b}、@。
{q}の{j}で{j}が{k}|{j}と{j}　{q}で{o}人が|新しい{j}の{j}が{k}
{w}의 {r}에서 {r} 계획을 {z}|{r}와 {r}의 {r} 문제를 {z}|{o}년 {r}도 {z}|{l}{m} 회사는 {x}개를 {z}
@.|@. 그리고 @.|이번에 @.
{w} {r} {r} 계획|{r}와 {r}의 {o}년|{w}의 새로운 {r}
{3}的{1}已經{2}{1}|{1}和{1}都在{2}|從{1}到{1}，{3}{2}了{x}個{1}|對{1}來說，{1}不只是{1}|{1}沒有{2}{1}
@。|@，@。|@，@；@。|「@」，一位{1}這樣說。|{b}，@，但@。
{3}{1}{2}{1}|{1}與{1}：{3}的{1}|為甚麼{1}要{2}{1}？"""
"""Clauses, sentences and headlines in English, Japanese, Korean and traditional Chinese.

3, 2, 1 and 1 % of all articles.
"""


CODE = """const {m} = await {l}.{m}(&#123; limit: {o} &#125;);|for {m} in {m}s:|    return {l}({m}, {i})
if ({m} < {o}) &#123;|&#125;|# {n}的{v}|import {m}|fn {m}({m}: u{o}) -> {l} &#123;|    {m}.push('{i}');|$ {m} --{m}"""


FOLDERS = """财经 潮汐财讯 算盘快报 港湾周刊 金穗笔记 路演纪要|科技 拾光数码 零壹观察 芯片茶馆 机房夜话 折叠屏志
编程 括号之外 编译漫谈 行间注 缓存小站 合并请求|新闻 长街日报 晨钟电讯 城南晚报 四方要闻 山海通讯
社区 万象问答 檐下闲谈 青柠小组 热议广场 邻里圈|文化 旧书摊 半亩书房 银幕之后 听雨轩 方志馆
生活 一日三餐 慢行旅记 阳台种植 家居手帖 晨跑俱乐部|科学 星图编辑部 观鸟年历 深海来信 方程与诗 地质锤"""

"""One spelling for matching: traditional characters, widths and punctuation folded, every offset kept.

The grammar is written once, in simplified characters and full-width punctuation, and matched against `fold(text)`.
Since folding never changes a length, what matched is cut from the text as printed.
"""

from __future__ import annotations

import re

# Only characters of this grammar and of official headings; a whole dictionary would be needed for prose, not here.
_TRADITIONAL = """
責责 單单 屬属 職职 務务 辦办 處处 縣县 鄉乡 鎮镇 區区 領领 導导 組组 機机 構构 關关 織织 協协 與与 參参 牽牵
頭头 門门 個个 項项 號号 時时 間间 進进 實实 續续 長长 點点 國国 會会 團团 體体 聯联 級级 員员 業业 農农 產产
財财 經经 濟济 貿贸 稅税 審审 計计 監监 執执 衛卫 療疗 醫医 藥药 學学 術术 數数 據据 資资 訊讯 訓训 網网 絡络
電电 視视 廣广 聞闻 傳传 發发 軍军 應应 災灾 氣气 環环 護护 規规 劃划 設设 運运 輸输 郵邮 銀银 錢钱 證证 險险
慮虑 勞劳 動动 壓压 縮缩 達达 過过 於于 從从 內内 後后 開开 結结 終终 歲岁 滿满 條条 類类 別别 標标 準准 測测
評评 價价 選选 擇择 確确 認认 調调 節节 約约 響响 題题 專专 範范 圍围 備备 註注 說说 報报 獎奖 懲惩 總总 編编
製制 復复 雜杂 難难 蓋盖 線线 連连 營营 擴扩 優优 質质 齊齐 強强 勢势 擬拟 訂订 書书 畫画 紀纪 錄录 檔档 庫库
館馆 場场 廠厂 廳厅 課课 隊队 礦矿 園园 橋桥 樓楼 漁渔 島岛 灣湾 龍龙 鳳凤 寶宝 陽阳 陰阴 興兴 華华 萬万 億亿
兩两 幾几 歷历 齡龄 黨党 維维 穩稳 訪访 僑侨 臺台 殘残 婦妇 兒儿 幹干 離离 雙双 創创 習习 擔担 讓让 遷迁 還还
現现 負负 勵励 眾众 冊册 異异 佈布 裏里 裡里 啟启 預预 讀读 釋释 問问 詢询 嚴严 紅红 頁页 鍵键 際际 隨随 鏈链
閱阅 則则 劑剂 匯汇 壩坝 壟垄 貧贫 債债 購购 費费 並并 幣币 補补 層层 暢畅 車车 稱称 誠诚 衝冲 觸触 辭辞 擋挡
鄧邓 遞递 棟栋 斷断 對对 爾尔 飛飞 墳坟 豐丰 輔辅 複复 該该 鋼钢 鞏巩 溝沟 觀观 貫贯 歸归 櫃柜 漢汉 滬沪 話话
懷怀 壞坏 歡欢 換换 彙汇 夥伙 獲获 積积 極极 繼继 艱艰 檢检 簡简 減减 薦荐 踐践 將将 講讲 較较 階阶 潔洁 僅仅
緊紧 盡尽 靜静 競竞 舊旧 舉举 決决 絕绝 蘭兰 樂乐 麗丽 禮礼 糧粮 輛辆 臨临 陸陆 亂乱 羅罗 馬马 買买 邁迈 滅灭
寧宁 歐欧 盤盘 簽签 槍枪 輕轻 請请 慶庆 窮穷 勸劝 權权 熱热 榮荣 軟软 賽赛 掃扫 傷伤 紹绍 捨舍 紳绅 聲声 勝胜
師师 詩诗 蝕蚀 適适 試试 樹树 帥帅 順顺 絲丝 鬆松 蘇苏 訴诉 損损 態态 談谈 湯汤 鐵铁 圖图 塗涂 謂谓 溫温 誤误
錫锡 戲戏 細细 閒闲 顯显 獻献 詳详 曉晓 寫写 謝谢 須须 許许 緒绪 尋寻 亞亚 煙烟 鹽盐 驗验 養养 樣样 藝艺 憶忆
議议 隱隐 贏赢 語语 獄狱 譽誉 圓圆 遠远 願愿 躍跃 雲云 讚赞 齋斋 戰战 張张 帳帐 趙赵 這这 陣阵 爭争 鄭郑 紙纸
誌志 種种 晝昼 豬猪 諸诸 築筑 駐驻 轉转 莊庄 裝装 狀状 濁浊 縱纵
"""
_WIDTHS = dict(zip("()[]【】,;:!?．｜％～－–\u3000\xa0", "（）〔〕〔〕，；：！？.|%———  ", strict=True))
_LATIN = {
    chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_FOLDS = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL.split()} | _WIDTHS | _LATIN)
_OPEN, _CLOSE = "（〔《“‘「『〈{", "）〕》”’」』〉}"


def fold(text: str) -> str:
    """The text in simplified characters, half-width digits and full-width punctuation; the same length."""
    return text.translate(_FOLDS)


def squeeze(text: str) -> str:
    """The text without any white space."""
    return re.sub(r"\s+", "", text)


def join_lines(text: str) -> str:
    """A cell's lines as one, without a space between Chinese characters."""
    text = re.sub(r"(?<=[A-Za-z0-9])\s*\n\s*(?=[A-Za-z0-9])", " ", text.strip())
    return re.sub(r"[ \t]*\n\s*", "", text).strip()


def depths(folded: str) -> list[int]:
    """How many brackets are open at each character (an opening bracket counts for itself, a closing one too)."""
    depth, result = 0, []
    for character in folded:
        if character in _OPEN:
            depth += 1
        result.append(depth)
        if character in _CLOSE and depth:
            depth -= 1
    return result


def bare(text: str) -> str:
    """For comparing texts: folded, without white space and final punctuation."""
    return squeeze(fold(text)).rstrip("。；，、.：")

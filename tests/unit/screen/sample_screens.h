// Screens for tests: one that looks like the product's form, and one that uses every role and every field.
#pragma once

#include "core/screen/builder.h"

namespace machi::screen {

inline Screen empty_screen() {
  Screen screen;
  screen.app = "citizen";
  screen.name = "test";
  screen.title = "試し";
  screen.language = "ja";
  return screen;
}

inline Screen form_screen() {
  Screen screen = empty_screen();
  screen.name = "absence.form/3";
  screen.revision = 12;
  screen.title = "欠席・遅刻の連絡";
  Node back = button("back", "もどる", Importance::Tertiary, Icon::Back);
  screen.bar = {back, heading("title", "欠席・遅刻の連絡")};
  Node when = field("date", "いつ", Kind::Date, "2026-11-24");
  when.minimum = "2026-11-24";
  when.maximum = "2027-03-24";
  when.required = true;
  Node note = field("note", "先生に伝えることを書く", Kind::Multiline);
  note.max_length = 400;
  note.hint = "400文字まで";
  screen.main = {
      choice(
          "child", "だれの連絡ですか", Kind::Cards,
          {option("c1", "佐倉 みお", true, "東小 3年1組"), option("c2", "佐倉 そら", false, "ひより保育園")}),
      choice("kind", "どうしますか", Kind::Single, {option("absent", "欠席", true), option("late", "遅刻")}),
      when,
      choice("symptoms", "症状", Kind::Multiple,
             {option("cough", "せき", true), option("headache", "頭痛", true)}),
      note,
  };
  Node send = button("send", "学校に送る", Importance::Primary, Icon::Send);
  send.version = "v1";
  screen.foot = {send, text("privacy", "東小学校の先生だけが読めます")};
  return screen;
}

inline Screen every_role_screen() {
  Screen screen = empty_screen();
  screen.name = "every.role";
  screen.focus = "retry";
  screen.announce = "7:42 に 学校が 読みました";
  screen.bar = {heading("h1", "全校"), heading("h2", "1組", 2)};
  screen.rail = {tabs("grades", "学年", {tab("g1", "1年", false, "2"), tab("g3", "3年", true, "6")})};
  Node stale = badge("stale", "20分前のものです", Tone::Warning, Icon::Offline);
  stale.state = State::Stale;
  Node locked = button("locked", "入所にする");
  locked.disabled = true;
  locked.hint = "まだ読み取っていません";
  Node sending = button("sending", "送っています");
  sending.busy = true;
  Node wrong = field("tel", "電話番号", Kind::Telephone, "0000");
  wrong.error = "数字が足りません";
  Node more = group("more", "くわしく", {text("more.text", "{\"quoted\"} \\ \n\t改行")});
  more.collapsed = true;
  screen.main = {
      alert("cut", "つながっていません", Tone::Danger,
            {button("retry", "もう一度送ってみる", Importance::Secondary, Icon::Retry)}),
      card("today", "今日",
           {text("today.text", "連絡はありません", Tone::Success),
            link("call", "電話する", "tel:0000123456", Icon::Telephone)}),
      list("reports", "連絡",
           {row("r1", "佐倉 みお", "欠席", {stale}), row_button("r2", "佐倉 そら", "遅刻")}),
      table(
          "roll", "3年1組", {{"name", "児童", false}, {"confirm", "確認", true}},
          {table_row("t1", {cell("t1.name", "佐倉 みお"),
                            cell("t1.confirm", "", {button("t1.read", "確認する", Importance::Primary)})})}),
      facts("summary", "内容",
            {fact("who", "だれ", "佐倉 みお（3年1組）"), fact("why", "理由", "かぜ・発熱 38.2℃")}),
      steps("states", "連絡のようす",
            {step("saved", "この端末に保存しました", State::Done, "7:38"),
             step("arrived", "町に届きました", State::Waiting),
             step("read", "学校が確認しました", State::Todo)}),
      qr("slip", "登録用紙", "https://example.jp/#k", "100010001"),
      scanner("scan", "登録用紙を読み取る", "16文字の番号でもできます"),
      file("list", "名簿のファイルを選ぶ", ".csv,text/csv", "表計算ソフトで作った CSV"),
      photo("paper", "書類の写真", "ab12", {option("take", "写真を撮る"), option("remove", "写真を外す")}),
      empty("none", "届いた連絡がここに出ます"),
      progress("upload", "送っています", 40),
      progress("wait", "待っています"),
      locked,
      sending,
      wrong,
      more,
  };
  return screen;
}

}  // namespace machi::screen

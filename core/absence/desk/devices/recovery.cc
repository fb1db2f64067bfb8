// The book of devices that came in by the paper key or by the board, and what screens say of it. The board's
// page is rescue_page.cc.
#include "core/absence/desk/devices/recovery.h"

#include <algorithm>

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::string_view kTables = R"sql(
CREATE TABLE desk_came(office BLOB NOT NULL, key BLOB NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL,
  seen INTEGER NOT NULL, PRIMARY KEY(office, key, by)) WITHOUT ROWID;
)sql";

std::string sentence(const DeskScene& scene, const CameLine& line) {
  const char* key = line.by == CameBy::Paper   ? "desk.came.paper"
                    : line.by == CameBy::Board ? "desk.came.board"
                                               : "desk.came.asked";
  return scene.words(key, {{"office", line.office}, {"time", scene.words.moment(line.at, scene.now)}});
}

screen::Screen page(const words::Words& words, std::string name, std::string_view title) {
  screen::Screen out;
  out.app = "desk";
  out.name = std::move(name);
  out.language = words.language();
  out.title = words::plain(words(title));
  out.bar.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  out.main.push_back(screen::heading("heading", words(title)));
  return out;
}

}  // namespace

code::Cbor encode(CameBy by) { return code::Cbor::map({{1, static_cast<int>(by)}}); }

Result<CameBy> decode_came(const code::Cbor& content) {
  MACHI_TRY_SET(by, content.integer_at(1));
  if (by != 1 && by != 2) return base::fail(base::Code::BadInput, "came by");
  return static_cast<CameBy>(by);
}

code::Cbor encode(const SpareKeys& keys) {
  return code::Cbor::map({{1, keys.key.bytes}, {2, keys.seal.bytes}});
}

Result<SpareKeys> decode_spare_keys(const code::Cbor& content) {
  MACHI_TRY_SET(key, content.fixed_at<32>(1));
  MACHI_TRY_SET(seal, content.fixed_at<32>(2));
  const SpareKeys keys{crypto::SignPublic{key}, crypto::SealPublic{seal}};
  if (!crypto::is_sound(keys.seal)) return base::fail(base::Code::BadInput, "seal");
  return keys;
}

std::vector<store::Migration> CameBook::migrations() { return {{"came.1", kTables}}; }

Status CameBook::add(const mail::MailboxId& office, const crypto::SignPublic& key, CameBy by, Instant at) {
  return database_.prepare("INSERT OR IGNORE INTO desk_came(office, key, by, at, seen) VALUES(?, ?, ?, ?, ?)")
      .bind(office)
      .bind(key.bytes)
      .bind(static_cast<int>(by))
      .bind(at)
      .bind(by == CameBy::Asked)
      .run();
}

Status CameBook::seen() { return database_.execute("UPDATE desk_came SET seen = 1"); }

std::vector<CameBook::Line> CameBook::lines() const {
  std::vector<Line> out;
  auto rows = database_.prepare("SELECT office, key, by, at, seen FROM desk_came ORDER BY at DESC, key");
  for (;;) {
    const auto more = rows.step();
    if (!more.ok() || !*more) return out;
    out.push_back({rows.id<mail::MailboxId>(0), crypto::SignPublic{rows.fixed<32>(1)},
                   static_cast<CameBy>(rows.integer(2)), rows.instant(3), rows.integer(4) != 0});
  }
}

screen::Screen key_screen(const words::Words& words, const std::string& trouble) {
  screen::Screen out = page(words, "desk.key", "desk.key.title");
  if (!trouble.empty()) {
    out.main.push_back(screen::alert("trouble", words(trouble), Tone::Danger));
    out.main.back().hint = words("desk.key.trouble.next");
  }
  out.main.push_back(screen::text("how", words("desk.key.how")));
  out.main.push_back(screen::scanner("scanner", words("desk.key.scan"), words("desk.key.hint")));
  return screen::finish(std::move(out));
}

screen::Screen key_school_screen(const words::Words& words, const std::vector<BoardSchool>& schools) {
  screen::Screen out = page(words, "desk.key.school", "desk.key.school");
  Nodes rows;
  for (const BoardSchool& school : schools)
    rows.push_back(screen::row_button("school." + school.id.hex(), school.name));
  if (rows.empty())
    out.main.push_back(screen::progress("progress", words("desk.join.progress")));
  else
    out.main.push_back(screen::list("schools", words("desk.key.school"), std::move(rows)));
  return screen::finish(std::move(out));
}

Nodes came_alerts(const DeskScene& scene) {
  Nodes out;
  for (const CameLine& line : scene.came) {
    if (line.seen) continue;
    Nodes ok;
    if (out.empty()) ok.push_back(screen::button("came.ok", scene.words("desk.away.ok")));
    Node alert = screen::alert("came." + line.id, sentence(scene, line), Tone::Warning, std::move(ok));
    alert.hint = scene.words("desk.came.next");
    out.push_back(std::move(alert));
  }
  return out;
}

Nodes came_lines(const DeskScene& scene) {
  Nodes rows;
  for (const CameLine& line : scene.came)
    rows.push_back(screen::row("came.line." + line.id, sentence(scene, line)));
  if (rows.empty()) return {};
  return {screen::group("came", scene.words("desk.came.title"),
                        {screen::list("came.list", scene.words("desk.came.title"), std::move(rows))})};
}

}  // namespace machi::absence

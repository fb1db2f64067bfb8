// What the mail layer has already (paper keys, spare members, standby), as steps of a person at a tablet.
#include "core/app/desk_recovery.h"

#include <algorithm>

namespace machi::app {

using absence::CameBy;
using base::Code;
using base::fail;
using base::Instant;
using base::Status;

bool DeskRecovery::read(std::string_view text, Instant now) {
  auto sheet = mail::paper_from_text(text);
  if (!sheet.ok()) return false;
  open_ = true;
  trouble_.clear();
  paper_ = std::move(sheet->paper);
  if (sheet->mailbox) enter(*sheet->mailbox, now);
  return true;
}

void DeskRecovery::enter(const mail::MailboxId& school, Instant now) {
  store::Transaction transaction(database_);
  Status entered = client_.join_by_paper(school, *paper_, now);
  if (entered.ok()) entered = school_.set("school", school.hex());
  if (entered.ok()) entered = school_.set("came", "paper");
  if (entered.ok()) entered = transaction.commit();
  trouble_ = entered.ok() ? "" : "desk.key.refused";
  if (!entered.ok()) return;
  post_.at(school);
  paper_.reset();
  client_.hurry(now);
}

bool DeskRecovery::refused() const {
  return client_.joining(post_.school()) == mail::Client::Joining::Refused &&
         school_.setting("came") == "paper";
}

bool DeskRecovery::act(const screen::Action& action, Instant now) {
  if (!open_ && !refused()) {
    open_ = action.node == "key";
    return open_;
  }
  if (action.action == "back" || action.node == "back") {
    if (paper_) return paper_.reset(), true;
    if (refused()) static_cast<void>(school_.set("came", ""));
    open_ = false;
  } else if (action.node == "scanner") {
    // An invitation does as well.
    if (absence::invitation_from_text(action.value).ok()) {
      open_ = false;
      return false;
    }
    if (!read(action.value, now)) trouble_ = "desk.key.mistyped";
  } else if (paper_ && std::string_view(action.node).starts_with("school.")) {
    const auto school = mail::MailboxId::from_hex_text(std::string_view(action.node).substr(7));
    if (school.ok()) enter(*school, now);
  }
  return true;
}

std::optional<screen::Screen> DeskRecovery::view(const words::Words& words) const {
  if (paper_) return absence::key_school_screen(words, schools());
  if (refused()) return absence::key_screen(words, trouble_.empty() ? "desk.key.refused" : trouble_);
  if (!open_) return std::nullopt;
  return absence::key_screen(words, trouble_);
}

std::vector<absence::BoardSchool> DeskRecovery::schools() const {
  std::vector<absence::BoardSchool> out;
  for (const mail::Office& office : client_.offices()) {
    if (office.kind != "school") continue;
    const auto* log = client_.access(office.mailbox);
    const auto member =
        log ? log->members().find(client_.posting_key(office.mailbox)) : decltype(log->members().end()){};
    out.push_back(
        {office.mailbox, office.name, log && member != log->members().end() && member->second.rights.admin});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

Status DeskRecovery::settle(bool of_board, Instant now) {
  const auto& own = post_.school();
  if (!client_.office(own)) return {};  // the directory is not here yet
  const std::string came = school_.setting("came");
  if (!came.empty()) {
    const CameBy by = came == "paper" ? CameBy::Paper : CameBy::Board;
    store::Transaction transaction(database_);
    MACHI_TRY(post_.note(absence::kKindCame, absence::encode(by), now));
    if (!of_board) MACHI_TRY(post_.tell_board(absence::kKindCame, absence::encode(by), now));
    MACHI_TRY(school_.set("came", ""));
    MACHI_TRY(transaction.commit());
  }
  if (!of_board) return {};
  for (const mail::Office& office : client_.offices()) {
    const std::string asked = "spare." + office.mailbox.hex();
    if (office.kind != "school" || !school_.setting(asked).empty()) continue;
    store::Transaction transaction(database_);
    MACHI_TRY_SET(to, client_.recipient(office.mailbox));
    const absence::SpareKeys keys{client_.posting_key(office.mailbox), client_.sealing_key()};
    MACHI_TRY(client_.send_as(own, to, absence::kKindSpare, absence::encode(keys), now));
    MACHI_TRY(client_.attend(office.mailbox, now));
    MACHI_TRY(school_.set(asked, "asked"));
    MACHI_TRY(transaction.commit());
  }
  return {};
}

Status DeskRecovery::on_message(const mail::Received& mail) {
  const auto& own = post_.school();
  if (mail.kind == absence::kKindCame) {
    MACHI_TRY_SET(by, absence::decode_came(mail.content));
    return book_.add(mail.office ? mail.office->office : own, mail.from, by, mail.written);
  }
  // Only what the directory calls a board, and only with its proof: DESIGN.md gives it this place from the
  // beginning.
  const auto board = mail.office ? client_.office(mail.office->office) : std::nullopt;
  if (!board || board->kind != absence::kBoardKind) return fail(Code::NotAllowed, "no board behind it");
  MACHI_TRY_SET(keys, absence::decode_spare_keys(mail.content));
  const auto* log = client_.access(own);
  if (log && log->was_member(keys.key)) return {};  // what was taken off stays off
  return client_.admit_spare(own, keys.key, keys.seal, mail.at);
}

base::Result<std::string> DeskRecovery::rescue(const mail::MailboxId& school, Instant to, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY_SET(secret, client_.invite(school, to, now));
  MACHI_TRY(book_.add(school, client_.posting_key(school), CameBy::Asked, now));
  MACHI_TRY(transaction.commit());
  return absence::invitation_fragment({school, std::move(secret), true});
}

std::vector<absence::CameLine> DeskRecovery::lines() const {
  std::vector<absence::CameLine> out;
  for (const auto& line : book_.lines()) {
    // At a school: what a device says that is one of ours.
    if (line.office == post_.school() && !post_.colleague(line.key)) continue;
    const auto office = client_.office(line.office);
    const bool seen = line.seen || (line.office == post_.school() && post_.mine(line.key));
    out.push_back({base::to_hex(line.key.bytes).substr(0, 16) + std::to_string(static_cast<int>(line.by)),
                   office ? office->name : "", line.by, line.at, seen});
  }
  return out;
}

}  // namespace machi::app

// Founding a school and giving out its papers. Everything is sent before a call returns.
#include "platform/town/school_founder.h"

#include "core/notice/office/sums_book.h"

#include <algorithm>

#include "platform/town/http_network.h"
#include "platform/town/local_network.h"

namespace machi::town {

using base::Code;
using base::fail;
using base::Instant;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kSlipsAMessage = 1000;
constexpr std::int64_t kPenLeft = 30 * 86400;  // a pen that is good for less is replaced
constexpr std::int64_t kSlipSeconds = 14 * 86400;
constexpr std::string_view kTables = R"sql(
CREATE TABLE founder_slip(code BLOB PRIMARY KEY, cose BLOB NOT NULL) WITHOUT ROWID;
)sql";

}  // namespace

Result<std::unique_ptr<SchoolFounder>> SchoolFounder::open(const TownFolder& town, base::Entropy& entropy,
                                                           Instant now, std::string_view name,
                                                           const std::string& hub) {
  std::error_code error;
  const std::filesystem::path own = town.path / name;
  std::filesystem::create_directories(own, error);
  if (!error) std::filesystem::permissions(own, std::filesystem::perms::owner_all, error);
  if (error) return fail(Code::Storage, "folder");
  std::unique_ptr<SchoolFounder> out(new SchoolFounder(town, entropy));
  auto lock = host::FileLock::take(town.hub_lock());
  if (!lock.ok() && (lock.code() != Code::Conflict || hub.empty())) return lock.error();
  if (lock.ok())
    MACHI_TRY(out->be_hub(std::move(*lock), now));
  else
    out->network_ = std::make_unique<HttpNetwork>(hub);

  MACHI_TRY_SET(database, store::Database::open({(own / "founder.db").string(), "", true}));
  out->database_ = std::move(database);
  MACHI_TRY(out->database_->migrate(mail::Client::migrations()));
  MACHI_TRY(out->database_->migrate(absence::SchoolDesk::migrations()));
  MACHI_TRY(out->database_->migrate({{"founder.1", kTables}}));
  MACHI_TRY(out->database_->migrate(notice::DraftBook::migrations()));
  mail::ClientEvents events;
  SchoolFounder* founder = out.get();
  events.on_message = [founder](const mail::Received& mail) {
    if (mail.mailbox != founder->school()) return Status{};
    if (mail.kind == notice::kKindSums) return Status{};  // its own
    if (notice::DraftBook::is_kind(mail.kind))
      return founder->drafts_->fold(mail.kind, mail.content, mail.from);
    return founder->desk_->on_message(mail);
  };
  out->client_ = std::make_unique<mail::Client>(*out->database_, entropy,
                                                mail::ClientOptions{town.town, false}, std::move(events));
  out->post_ = std::make_unique<absence::MailSchoolPost>(*out->client_);
  out->desk_ = std::make_unique<absence::SchoolDesk>(*out->database_, *out->post_);
  out->drafts_ = std::make_unique<notice::DraftBook>(
      *out->database_, [founder] { return founder->client_->posting_key(founder->school()); });
  if (const auto school = mail::MailboxId::from_hex_text(out->desk_->setting("school")); school.ok())
    out->post_->at(*school);
  MACHI_TRY(out->client_->load(now));
  if (!out->school().is_zero()) MACHI_TRY(out->settle(now));
  if (!out->client_->reachable()) return fail(Code::Unreachable, "the hub");
  return out;
}

// The hub does not run: its part is taken here.
Status SchoolFounder::be_hub(host::FileLock lock, Instant now) {
  lock_.emplace(std::move(lock));
  MACHI_TRY_SET(keys, read_hub_keys(town_));
  MACHI_TRY_SET(store, hub::SqliteMessageStore::open({town_.hub_database().string(), "", true}));
  store_ = std::move(store);
  feed_ = std::make_unique<hub::FolderFeed>(town_.feed());
  MACHI_TRY_SET(office, hub::PostOffice::open(*store_, *feed_, std::move(keys), entropy_, now));
  office_ = std::move(office);
  network_ = std::make_unique<LocalNetwork>(*office_);
  return {};
}

// Not SchoolDesk::settle: applications are answered by desks that people look at.
Status SchoolFounder::settle(Instant now) {
  network_->settle(*client_, now);
  if (client_->waiting() > 0) return fail(Code::Unreachable, "the hub did not take everything");
  return {};
}

Status SchoolFounder::note(std::string_view kind, code::Cbor content, Instant now) {
  store::Transaction transaction(*database_);
  MACHI_TRY(post_->note(kind, std::move(content), now));
  return transaction.commit();
}

Status SchoolFounder::look(Instant now) {
  network_->look_again(*client_, now);
  return settle(now);
}

Status SchoolFounder::tell(std::string_view kind, code::Cbor content, Instant now) {
  MACHI_TRY(note(kind, std::move(content), now));
  return settle(now);
}

Status SchoolFounder::found(const SchoolPlan& plan, Instant now) {
  if (school().is_zero()) {
    store::Transaction transaction(*database_);
    MACHI_TRY_SET(id, client_->found_office(now));
    MACHI_TRY(desk_->set("school", id.hex()));
    MACHI_TRY(transaction.commit());
    post_->at(id);
  }
  if (desk_->setting("paper").empty()) MACHI_TRY(admit_spares(now));
  MACHI_TRY(settle(now));
  if (desk_->setting("school-name").empty()) {
    MACHI_TRY_SET(self, client_->self(school()));
    mail::Office office;
    office.mailbox = school();
    office.kind = plan.kind;
    office.name = plan.name;
    office.founder = client_->posting_key(school());
    office.telephone = plan.telephone;
    office.epoch = self.epoch;
    office.epoch_key = self.epoch_key;
    office.please_call = plan.please_call;
    office.starts = plan.starts;
    if (plan.kind == "school" || plan.kind == "shelter")
      MACHI_TRY(give_pen(std::move(office), now));
    else
      MACHI_TRY(publish_office(town_, office, now));
    MACHI_TRY(desk_->set("school-name", plan.name));
  }
  MACHI_TRY(renew_pen(now));
  if (roll().empty()) {
    for (const absence::Roll& one : plan.classes)
      MACHI_TRY(note(absence::kKindRoll, absence::encode(one), now));
    MACHI_TRY(settle(now));
  }
  return {};
}

// The school's desks sign slips themselves, with a key that the directory names for this school alone: a
// tablet that is stolen here makes no slip for another school. `office`: as the directory has it, or shall
// have it.
Status SchoolFounder::give_pen(mail::Office office, Instant now) {
  absence::SlipPen pen{crypto::Secret<32>(), now.plus_seconds(kDelegationSeconds)};
  entropy_.fill(pen.seed.bytes());
  office.slip_keys.insert(office.slip_keys.begin(), crypto::sign_key(pen.seed.clone()).open);
  if (office.slip_keys.size() > mail::kSlipKeys) office.slip_keys.resize(mail::kSlipKeys);
  MACHI_TRY(publish_office(town_, office, now));
  MACHI_TRY(note(absence::kKindPen, absence::encode(pen), now));
  return settle(now);
}

Status SchoolFounder::renew_pen(Instant now) {
  const auto office = client_->office(school());
  if (!office || (office->kind != "school" && office->kind != "shelter")) return {};
  const auto pen = roll().pen(now.plus_seconds(kPenLeft));
  const auto& keys = office->slip_keys;
  if (pen && std::find(keys.begin(), keys.end(), crypto::sign_key(pen->seed.clone()).open) != keys.end())
    return {};
  if (!read_key(town_, "directory").ok()) return {};  // taken away: it is renewed when it is brought again
  return give_pen(*office, now);
}

Status SchoolFounder::take_over(const absence::RollPlan& plan, Instant now) {
  MACHI_TRY(desk_->take_over(plan, now));
  return settle(now);
}

std::vector<SchoolFounder::Device> SchoolFounder::devices(Instant now) const {
  std::vector<Device> out;
  const mail::AccessLog* log = client_->access(school());
  if (!log) return out;
  for (const mail::Member& member : log->readers(now))
    out.push_back({member.key, roll().desk(member.key), post_->mine(member.key)});
  return out;
}

Status SchoolFounder::admit_spares(Instant now) {
  store::Transaction transaction(*database_);
  const mail::PaperKey paper = mail::make_paper(entropy_);
  const crypto::DeviceSeed sheet(mail::paper_seed(paper));
  MACHI_TRY(client_->admit_spare(school(), sheet.posting(school()).open, sheet.seal().open, now));
  if (const auto board = read_board(town_); board.ok())
    MACHI_TRY(client_->admit_spare(school(), board->posting(school()).open, board->seal().open, now));
  MACHI_TRY(desk_->set("paper", mail::paper_fragment(school(), paper)));
  return transaction.commit();
}

Result<mail::PaperKey> SchoolFounder::paper_key() const {
  if (is_set_up()) return fail(Code::NotFound, "paper key");
  MACHI_TRY_SET(sheet, mail::paper_from_text(desk_->setting("paper")));
  return std::move(sheet.paper);
}

Result<app::ShelterKey> SchoolFounder::pass_key() const {
  MACHI_TRY_SET(self, client_->self(school()));
  return app::ShelterKey{school(), self.epoch, self.epoch_key};
}

Status SchoolFounder::confirm_paper(std::string_view text) {
  MACHI_TRY_SET(kept, paper_key());
  MACHI_TRY_SET(sheet, mail::paper_from_text(text));
  const bool of_here = !sheet.mailbox || *sheet.mailbox == school();
  if (!of_here || !crypto::same(sheet.paper.bytes.view(), kept.bytes.view()))
    return fail(Code::BadInput, "paper key");
  return desk_->set("paper", "confirmed");
}

bool SchoolFounder::usable(const absence::IssuedSlip& slip, Instant good_until) const {
  return !slip.revoked && slip.expires >= good_until &&
         roll().phones_of(mail::slip_id(slip.code), crypto::SignPublic{}) < absence::kPhonesOfASlip;
}

Result<absence::IssuedSlip> SchoolFounder::slip_of(const absence::PupilId& pupil) const {
  const auto slips = roll().slips(pupil);
  if (slips.empty()) return fail(Code::NotFound, "slip");
  return slips.front();
}

Result<base::Bytes> SchoolFounder::signed_slip(const absence::IssuedSlip& slip) const {
  auto row = database_->prepare("SELECT cose FROM founder_slip WHERE code = ?");
  row.bind(slip.code);
  MACHI_TRY_SET(there, row.step());
  if (there) return row.blob(0);
  // Given out by a desk: signed here once more.
  const auto pen = roll().pen(slip.expires.plus_seconds(-kSlipSeconds));
  if (!pen) return fail(Code::NotFound, "pen");
  return mail::make_slip({town_.town.id, slip.code, school(), desk_->setting("school-name"),
                          slip.expires.plus_seconds(-kSlipSeconds), slip.expires},
                         crypto::sign_key(pen->seed.clone()));
}

Status SchoolFounder::issue_slips(Instant good_until, Instant expires, Instant now) {
  const auto held = roll().pen(now);
  if (!held) return fail(Code::NotFound, "pen");
  const crypto::SignKey pen = crypto::sign_key(held->seed.clone());
  const std::string name = desk_->setting("school-name");
  std::vector<absence::IssuedSlip> issued;
  store::Transaction transaction(*database_);
  for (const absence::SchoolClass& one : roll().classes()) {
    for (const absence::Pupil& pupil : roll().pupils(one.id)) {
      if (const auto before = slip_of(pupil.record.pupil); before.ok() && usable(*before, good_until))
        continue;
      absence::IssuedSlip slip;
      entropy_.fill(slip.code);
      slip.pupil = pupil.record.pupil;
      slip.expires = Instant::from_seconds(expires.seconds());
      const base::Bytes cose =
          mail::make_slip({town_.town.id, slip.code, school(), name, now, slip.expires}, pen);
      MACHI_TRY(database_->prepare("INSERT INTO founder_slip(code, cose) VALUES(?, ?)")
                    .bind(slip.code)
                    .bind(cose)
                    .run());
      MACHI_TRY(client_->post_slip(school(), slip.code, cose, slip.expires));
      issued.push_back(slip);
    }
  }
  for (std::size_t at = 0; at < issued.size(); at += kSlipsAMessage) {
    const auto from = issued.begin() + static_cast<std::ptrdiff_t>(at);
    const auto to =
        issued.begin() + static_cast<std::ptrdiff_t>(std::min(at + kSlipsAMessage, issued.size()));
    MACHI_TRY(post_->note(absence::kKindSlips, absence::encode(std::vector(from, to)), now));
  }
  MACHI_TRY(transaction.commit());
  return settle(now);
}

Result<absence::Invitation> SchoolFounder::invitation(Instant good_until, Instant to, Instant now) {
  const auto held = base::from_hex(desk_->setting("invitation"));
  if (const auto kept = base::fixed<32>(held.ok() ? base::ByteView(*held) : base::ByteView()); kept.ok()) {
    absence::Invitation invitation{school(), crypto::Secret<32>(*kept)};
    const crypto::SignPublic key = crypto::DeviceSeed(invitation.secret.clone()).posting(school()).open;
    const mail::Member* member = client_->access(school())->find(key, now);
    if (member && member->to && *member->to >= good_until) return invitation;
  }
  store::Transaction transaction(*database_);
  MACHI_TRY_SET(secret, client_->invite(school(), to, now));
  MACHI_TRY(desk_->set("invitation", base::to_hex(secret.view())));
  MACHI_TRY(transaction.commit());
  MACHI_TRY(settle(now));
  return absence::Invitation{school(), std::move(secret)};
}

}  // namespace machi::town

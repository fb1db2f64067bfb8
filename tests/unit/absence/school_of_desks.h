// A school of several desks over one log in memory, without hub and without sealing: what a desk notes comes
// back to every desk in the log's order, what it tells persons and whom it admits is kept to be looked at.
#pragma once

#include <gtest/gtest.h>
#include <algorithm>

#include <memory>

#include "core/absence/desk/school.h"

namespace machi::absence {

template <class Id>
Id an_id(int number) {
  Id id;
  id.bytes.fill(static_cast<std::uint8_t>(number));
  return id;
}
inline crypto::SignPublic a_key(int number) {
  crypto::SignPublic key;
  key.bytes.fill(static_cast<std::uint8_t>(number));
  return key;
}

struct Told {
  mail::MailboxId person;
  std::string kind;
  code::Cbor content;
};

class DeskOfSchool final : public SchoolPost {
 public:
  DeskOfSchool(int number, std::vector<mail::Received>& log, const std::vector<crypto::SignPublic>& desks)
      : key(a_key(number)), log_(log), desks_(desks) {
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(SchoolDesk::migrations()).ok());
    school = std::make_unique<SchoolDesk>(*database, *this);
  }

  Status note(std::string_view kind, code::Cbor content, Instant now) override {
    mail::Received mail;
    mail.from = key;
    mail.kind = kind;
    mail.content = std::move(content);
    mail.written = mail.at = now;
    outbox_.push_back(std::move(mail));
    return {};
  }
  Result<base::MessageId> tell(const mail::Recipient& person, std::string_view kind, code::Cbor content,
                               Instant) override {
    told.push_back({person.mailbox, std::string(kind), std::move(content)});
    return number_id(1'000'000 * key.bytes[0] + told.size());
  }
  bool arrived(const base::MessageId& message) const override {
    for (std::size_t i = 0; i < delivered; ++i)
      if (number_id(1'000'000 * key.bytes[0] + i + 1) == message) return true;
    return false;
  }
  Status tell_board(std::string_view kind, code::Cbor content, Instant) override {
    board.emplace_back(kind, std::move(content));
    return {};
  }
  Status admit(const crypto::SignPublic& phone, Instant) override {
    admitted.push_back(phone);
    return {};
  }
  Result<base::Bytes> sign_slip(const IssuedSlip& slip, const SlipPen& pen, Instant now) const override {
    return mail::make_slip({{}, slip.code, office(), "東小学校", now, slip.expires},
                           crypto::sign_key(pen.seed.clone()));
  }
  Status publish_slip(const IssuedSlip& slip, base::ByteView) override {
    published.push_back(slip.code);
    return {};
  }
  mail::MailboxId office() const override { return an_id<mail::MailboxId>(99); }
  bool mine(const crypto::SignPublic& desk) const override { return desk == key; }
  bool colleague(const crypto::SignPublic& desk) const override {
    return std::find(desks_.begin(), desks_.end(), desk) != desks_.end();
  }

  bool present(const crypto::SignPublic& desk, Instant) const override {
    return colleague(desk) && std::find(gone.begin(), gone.end(), desk) == gone.end();
  }
  bool registrar(const crypto::SignPublic& desk) const override {
    return colleague(desk) && std::find(guests.begin(), guests.end(), desk) == guests.end();
  }
  bool opened_all() const override { return opened; }
  void meet() override { ++met; }

  // Hands what was noted and told to the hub, as a network that has come back.
  void post() {
    delivered = told.size();
    for (mail::Received& mail : outbox_) {
      mail.number = log_.size() + 1;
      mail.id = number_id(mail.number);
      log_.push_back(std::move(mail));
    }
    outbox_.clear();
  }
  void read(Instant now) {
    for (; read_ < log_.size(); ++read_) last = school->on_message(log_[read_]);
    EXPECT_TRUE(school->settle(now).ok());
  }
  static base::MessageId number_id(std::uint64_t number) {
    base::MessageId id;
    id.bytes[0] = 0xEE;
    for (int i = 0; i < 8; ++i)
      id.bytes[8 + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
  }
  std::vector<Enrolled> answers() const {
    std::vector<Enrolled> out;
    for (const Told& one : told)
      if (one.kind == kKindEnrolled) out.push_back(*decode_enrolled(one.content));
    return out;
  }
  std::size_t count(std::string_view kind) const {
    return static_cast<std::size_t>(
        std::count_if(told.begin(), told.end(), [&](const Told& one) { return one.kind == kind; }));
  }

  crypto::SignPublic key;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<SchoolDesk> school;
  std::vector<Told> told;
  std::size_t delivered = 0;               // so many of these has the hub
  std::vector<crypto::SignPublic> gone;    // desks that are members no more
  std::vector<crypto::SignPublic> guests;  // that may do less
  bool opened = true;
  int met = 0;
  std::vector<std::pair<std::string, code::Cbor>> board;  // what was told to the board of education
  std::vector<crypto::SignPublic> admitted;
  std::vector<mail::SlipCode> published;
  Status last;

 private:
  std::vector<mail::Received>& log_;
  const std::vector<crypto::SignPublic>& desks_;
  std::vector<mail::Received> outbox_;
  std::size_t read_ = 0;
};

// One class of three pupils; slips of every pupil; two desks.
class SchoolOfDesks : public testing::Test {
 protected:
  SchoolOfDesks() {
    desk = std::make_unique<DeskOfSchool>(1, log, desks);
    other = std::make_unique<DeskOfSchool>(2, log, desks);
    desks = {desk->key, other->key};
    EXPECT_TRUE(desk->note(kKindRoll, encode(roll()), now).ok());
    EXPECT_TRUE(desk->note(kKindSlips, encode(std::vector{slip(0), slip(1), slip(2)}), now).ok());
    settle();
  }

  static Roll roll() {
    Roll out;
    out.id = an_id<ClassId>(90);
    out.grade = 3;
    out.name = "1組";
    out.teacher = "田村";
    const char* names[] = {"佐倉 みお", "野々宮 りく", "𠮷川 はる"};
    const char* readings[] = {"さくら みお", "ののみや りく", "よしかわ はる"};
    for (int i = 0; i < 3; ++i)
      out.pupils.push_back({pupil(i),
                            i + 1,
                            names[i],
                            readings[i],
                            birth(i),
                            {"0000120" + std::to_string(100 + i), "0000990000"}});
    return out;
  }
  static PupilId pupil(int i) { return an_id<PupilId>(10 + i); }
  static Date birth(int i) { return Date::of(2017, 6, 3)->plus(i); }
  static base::Array<10> code(int i) {
    base::Array<10> out;
    out.fill(static_cast<std::uint8_t>(70 + i));
    return out;
  }
  IssuedSlip slip(int i) const { return {code(i), pupil(i), now.plus_seconds(14 * 86400), false}; }

  // A phone applies for pupil i, truthfully unless told otherwise.
  void apply(int phone, int i, std::string digits = "0100", int days_off = 0) {
    if (digits == "0100" && i > 0) digits = "010" + std::to_string(i);
    mail::Application asked;
    asked.code = code(i);
    asked.slip = mail::slip_id(asked.code);
    asked.guardian = "佐倉 あや";
    asked.birth = birth(i).plus(days_off);
    asked.digits = std::move(digits);
    asked.person = an_id<mail::MailboxId>(phone);
    asked.epoch = 1;
    asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
    asked.language = "ja";
    arrive(phone, "slip.application", mail::encode_application(asked));
  }
  static Report report(int number, int i, Date day) {
    Report out;
    out.report = an_id<ReportId>(number);
    out.version = an_id<VersionId>(number);
    out.pupil = pupil(i);
    out.date = day;
    out.reason = Reason::Cold;
    return out;
  }
  void arrive(int phone, std::string_view kind, code::Cbor content) {
    mail::Received mail;
    mail.number = log.size() + 1;
    mail.id = DeskOfSchool::number_id(mail.number);
    mail.from = a_key(phone);
    mail.kind = kind;
    mail.content = std::move(content);
    mail.written = mail.at = now;
    log.push_back(std::move(mail));
  }
  // Until nothing more is to be said.
  void settle() {
    for (int i = 0; i < 6; ++i)
      for (DeskOfSchool* one : {desk.get(), other.get()}) {
        one->read(now);
        one->post();
      }
  }

  Instant now = base::instant_of(*Date::of(2026, 11, 24), {7 * 60 + 40});
  Date today = *Date::of(2026, 11, 24);
  std::vector<mail::Received> log;
  std::vector<crypto::SignPublic> desks;
  std::unique_ptr<DeskOfSchool> desk, other;
};

}  // namespace machi::absence

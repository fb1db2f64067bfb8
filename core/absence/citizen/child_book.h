// What a phone knows of its children: who is registered at which school, which days are closed there, and the
// applications on their way. Tables of this device only. One thread. Storage | StorageFull when the database
// refuses.
#pragma once

#include "core/absence/message_day.h"
#include "core/absence/school_day.h"
#include "core/store/database.h"

namespace machi::absence {

using base::MailboxId;
using base::MessageId;
using base::Status;
using SlipBytes = base::Array<16>;  // mail::SlipId bytes

struct Child {
  PupilCard card;
  MailboxId office;
  std::string office_name;
  std::optional<Date> until{};     // a delegate's last day
  std::string given_name() const;  // みお: the part of the name behind the space
  std::string given_reading() const;
};

struct ApplicationState {
  SlipBytes slip{};
  base::Array<10> code{};
  MailboxId office;
  std::string office_name;
  MessageId message;  // that carries the application
  Instant made;
  Standing standing = Standing::Pending;
  bool answered = false;          // the school has it: Pending there, not only here
  std::optional<base::Code> why;  // Refused
};

class ChildBook {
 public:
  static std::vector<store::Migration> migrations();

  explicit ChildBook(store::Database& database) : database_(database) {}

  // An application was written on this phone. A second one for a slip takes the first one's place.
  Status apply(const ApplicationState& application);
  // The school's answer. NotAllowed unless this phone applied to that office with that slip. An answer that
  // decides (Confirmed, Refused) is never taken back by Pending; of two that decide the later to arrive
  // holds.
  Status fold(const MailboxId& office, const Enrolled& enrolled);
  // The school's office takes no person's application (slip.refused).
  Status refuse(const MailboxId& office, const SlipBytes& slip, base::Code why);
  // The school confirmed another guardian of a child of this phone. NotAllowed from another office.
  Status guardian_news(const MailboxId& office, const PupilId& pupil, Instant at);
  struct News {
    PupilId pupil;
    Instant at;
  };
  Result<std::vector<News>> news() const;
  Status news_seen(const PupilId& pupil);

  // The school closed a day, or opened it again: what it said last, by its own time, holds. Whatever the
  // order.
  Status day_closed(const MailboxId& office, const DayClosed& closed);
  bool closed(const MailboxId& office, Date day) const;

  // A child's class, grade or school has no lessons on some days. NotAllowed from another office than the
  // child's.
  Status no_lessons(const MailboxId& office, const NoLessons& told);
  // Those in force that reach to this day or past it, the first first; of this pupil alone when one is named.
  Result<std::vector<NoLessons>> no_lessons(Date from, const PupilId& pupil = {}) const;

  // The person puts an application that was refused out of sight.
  Status forget(const SlipBytes& slip);

  // The day by which a delegate's time is over or not.
  void today(Date date) { today_ = date; }
  Result<std::vector<Child>> children() const;  // without those whose time is over
  Result<std::vector<Child>> over() const;      // and these
  // The slip has brought a child to this phone, whatever became of it.
  bool brought(const SlipBytes& slip) const;
  // This phone had the child at a school that has let it go: another one may welcome it.
  bool was_let_go(const PupilId& pupil) const;
  Result<std::optional<Child>> child(const PupilId& pupil) const;
  // The school's calendar, without the days on which this child has no lessons.
  Result<SchoolDays> school_days(const Child& child) const;
  Result<std::vector<ApplicationState>> applications() const;
  Result<std::optional<ApplicationState>> application(const SlipBytes& slip) const;

 private:
  Result<std::vector<Child>> all() const;
  Result<std::vector<Child>> read_all() const;
  Result<SchoolDays> read_days(const Child& child) const;
  store::Database& database_;
  Date today_{};
  // A screen asks for them many times, and each time they are the same.
  mutable std::optional<std::vector<Child>> all_;
  mutable std::vector<std::pair<PupilId, SchoolDays>> days_;
  mutable std::uint64_t version_ = 0;
  void forget_old() const;
};

}  // namespace machi::absence

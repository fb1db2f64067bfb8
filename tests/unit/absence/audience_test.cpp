// A message about a pupil cannot be addressed to a group: held by the compiler, asked here of the compiler.
#include "core/mail/audience.h"

#include <gtest/gtest.h>

#include "core/absence/message.h"

namespace machi::absence {
namespace {

// What a school may tell a whole class.
struct ClassClosed {
  static constexpr bool kForEverybody = true;
  Date from;
  Date last;
};
code::Cbor encode(const ClassClosed& closed) {
  return code::Cbor::map({{1, closed.from.days}, {2, closed.last.days}});
}

template <class Content>
concept CanGoToAGroup = requires(mail::Client& client, const base::MailboxId& office, const mail::Audience& group, const Content& content, Instant now) {
  mail::post(client, office, group, "absence.report", content, now);
};
template <class Address>
concept CanCarryAnything = requires(mail::Client& client, const Address& to, code::Cbor content, Instant now) {
  client.send(to, "absence.report", content, now);
};

static_assert(CanGoToAGroup<ClassClosed>);
static_assert(!CanGoToAGroup<Report>);
static_assert(!CanGoToAGroup<ReadMark>);
static_assert(!CanGoToAGroup<PupilCard>);
static_assert(!CanGoToAGroup<Enrolled>);
static_assert(!CanGoToAGroup<Roll>);
static_assert(!CanGoToAGroup<Decision>);
static_assert(!CanGoToAGroup<code::Cbor>, "nor what has lost its type");
static_assert(CanCarryAnything<mail::Recipient>);
static_assert(!CanCarryAnything<mail::Audience>, "a group is no recipient");
static_assert(!std::is_convertible_v<mail::Audience, mail::Recipient>);

TEST(AMessageAboutAPupil, CannotBeAddressedToAGroup) {
  // Everything that can fail has failed before this runs; what may go has a content like any other.
  EXPECT_EQ(code::encode(encode(ClassClosed{{1}, {4}})).size(), 5u);
}

}  // namespace
}  // namespace machi::absence

// Web Push: the published vectors, a book of subscriptions, and batches against a push service that takes,
// forgets, is busy or says nothing.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "platform/channels/push/push_sender.h"
#include "platform/host/webpush/hmac.h"
#include "platform/host/webpush/push_cipher.h"

using namespace machi;
using base::Bytes;
using base::Code;
using channels::Subscription;

namespace {

constexpr base::Instant kNow{1'795'000'000'000};

notice::Topics wants(std::string_view text) { return notice::read_topics(text).value(); }

nlohmann::json vectors() {
  std::ifstream file(MACHI_TEST_DATA "/push/webpush_vectors.json");
  return nlohmann::json::parse(file);
}

Bytes raw(const nlohmann::json& text) {
  const auto bytes = base::from_base64url(text.get<std::string>());
  EXPECT_TRUE(bytes.ok()) << text;
  return bytes.ok() ? *bytes : Bytes{};
}

TEST(PushCipher, WritesTheExampleOfRfc8291) {
  const auto example = vectors().at("rfc8291_appendix");
  const auto once = host::P256Key::from_parts(raw(example["as_private"]), raw(example["as_public"]));
  ASSERT_TRUE(once.ok());
  const auto common = once->agree(raw(example["ua_public"]));
  ASSERT_TRUE(common.ok());
  EXPECT_EQ(base::to_base64url(*common), example["ecdh_secret"].get<std::string>());
  const auto salt = base::fixed<16>(raw(example["salt"]));
  const auto body = host::encrypt_push(base::view(example["plaintext"].get<std::string>()),
                                       raw(example["ua_public"]), raw(example["auth_secret"]), *once, *salt);
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(base::to_base64url(*body), example["body"].get<std::string>());
}

TEST(PushCipher, IsReadByTheOtherSideOfTheExample) {
  const auto example = vectors().at("rfc8291_appendix");
  const auto reader = host::P256Key::from_parts(raw(example["ua_private"]), raw(example["ua_public"]));
  ASSERT_TRUE(reader.ok());
  Bytes body = raw(example["body"]);
  const auto text = host::decrypt_push(body, *reader, raw(example["auth_secret"]));
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(base::text_view(*text), example["plaintext"].get<std::string>());
  for (const std::size_t at : {std::size_t{0}, std::size_t{90}, body.size() - 1}) {
    Bytes other = body;
    other[at] ^= 1u;
    EXPECT_FALSE(host::decrypt_push(other, *reader, raw(example["auth_secret"])).ok()) << at;
  }
  EXPECT_FALSE(host::decrypt_push(body, *reader, Bytes(16)).ok());
  EXPECT_FALSE(host::decrypt_push(base::ByteView(body).first(40), *reader, raw(example["auth_secret"])).ok());
}

TEST(PushCipher, RefusesAPointThatIsNotOnTheCurve) {
  const auto once = host::P256Key::make();
  ASSERT_TRUE(once.ok());
  host::Point point = once->point();
  EXPECT_TRUE(host::is_point(point));
  point[40] ^= 1u;
  EXPECT_FALSE(host::is_point(point));
  EXPECT_EQ(host::encrypt_push({}, point, Bytes(16), *once, {}).code(), Code::BadInput);
  EXPECT_FALSE(host::is_point(base::ByteView(point).first(33)));
  EXPECT_FALSE(host::is_point({}));
}

TEST(PushCipher, TakesWhatOneRecordHoldsAndNoMore) {
  const auto reader = host::P256Key::make(), once = host::P256Key::make();
  const Bytes auth(16, 7);
  const auto most = host::encrypt_push(Bytes(host::kPushText, 'x'), reader->point(), auth, *once, {});
  ASSERT_TRUE(most.ok());
  EXPECT_EQ(most->size(), host::kPushRecord);
  EXPECT_EQ(host::decrypt_push(*most, *reader, auth)->size(), host::kPushText);
  EXPECT_EQ(host::encrypt_push(Bytes(host::kPushText + 1), reader->point(), auth, *once, {}).code(),
            Code::TooLarge);
  EXPECT_EQ(host::encrypt_push({}, reader->point(), Bytes(15), *once, {}).code(), Code::BadInput);
}

TEST(Es256, VerifiesTheTokenOfRfc8292) {
  const auto example = vectors().at("rfc8292_example");
  const std::string jwt = example["jwt"];
  const std::size_t dot = jwt.rfind('.');
  const Bytes signature = raw(jwt.substr(dot + 1)), key = raw(example["k"]);
  EXPECT_TRUE(host::verify_es256(key, base::view(jwt.substr(0, dot)), signature));
  EXPECT_FALSE(host::verify_es256(key, base::view(jwt.substr(1, dot - 1)), signature));
}

TEST(Hmac, IsThatOfRfc4231) {
  const Bytes key(20, 0x0b);
  EXPECT_EQ(base::to_hex(host::hmac_sha256(key, base::view("Hi There"))),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(Vapid, SaysWhoTheTownIsToOneServiceForHalfADay) {
  auto key = host::P256Key::make();
  const auto again = host::P256Key::from_pem(key->pem().value());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->point(), key->point());
  channels::Vapid vapid(*key, "mailto:push@town.example");
  const std::string value = vapid.authorization("https://push.example.net", kNow).value();
  ASSERT_TRUE(value.starts_with("vapid t="));
  const std::size_t comma = value.find(", k=");
  ASSERT_NE(comma, std::string::npos);
  EXPECT_EQ(value.substr(comma + 4), vapid.public_key());
  const std::string jwt = value.substr(8, comma - 8);
  const std::size_t dot = jwt.rfind('.');
  EXPECT_TRUE(host::verify_es256(key->point(), base::view(jwt.substr(0, dot)), raw(jwt.substr(dot + 1))));
  const std::size_t first = jwt.find('.');
  const auto claims = nlohmann::json::parse(base::text_view(raw(jwt.substr(first + 1, dot - first - 1))));
  EXPECT_EQ(claims["aud"].get<std::string>(), "https://push.example.net");
  EXPECT_EQ(claims["sub"].get<std::string>(), "mailto:push@town.example");
  const std::int64_t life = claims["exp"].get<std::int64_t>() - kNow.seconds();
  EXPECT_TRUE(life > 0 && life <= 86400) << life;
  EXPECT_EQ(vapid.authorization("https://push.example.net", kNow.plus_seconds(60)).value(), value);
  EXPECT_NE(vapid.authorization("https://push.example.net", kNow.plus_seconds(7 * 3600)).value(), value);
  EXPECT_NE(vapid.authorization("https://other.example", kNow).value(), value);
}

struct Phone {
  host::P256Key key = host::P256Key::make().value();
  base::Array<16> auth{};
  Subscription subscription;
};

Phone phone(const std::string& endpoint, std::uint8_t secret) {
  Phone out;
  out.auth.fill(secret);
  out.subscription = {endpoint, out.key.point(), out.auth};
  return out;
}

nlohmann::json written(const Phone& phone) {
  return {{"endpoint", phone.subscription.endpoint},
          {"expirationTime", nullptr},
          {"keys",
           {{"p256dh", base::to_base64url(phone.key.point())}, {"auth", base::to_base64url(phone.auth)}}}};
}

TEST(Subscription, IsReadAsBrowsersWriteIt) {
  const Phone mine = phone("https://fcm.googleapis.com/fcm/send/abc:123", 5);
  const auto read = channels::read_subscription(written(mine).dump(), channels::PushServices::known());
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ(*read, mine.subscription);
  auto padded = written(mine);
  padded["keys"]["auth"] = padded["keys"]["auth"].get<std::string>() + "==";
  EXPECT_TRUE(channels::read_subscription(padded.dump(), channels::PushServices::known()).ok());
}

TEST(Subscription, IsRefusedForAnAddressThatIsNoPushService) {
  for (const char* bad :
       {"http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://fcm.googleapis.com:8080/x",
        "https://fcm.googleapis.com@evil.example/x", "https://evil.example/fcm.googleapis.com",
        "https://localhost/x", "https://fcm.googleapis.com.evil.example/x", "file:///etc/passwd",
        "https://.notify.windows.com/x", "https://evilnotify.windows.com/x", "", "https://"}) {
    const Phone other = phone(bad, 5);
    EXPECT_FALSE(channels::read_subscription(written(other).dump(), channels::PushServices::known()).ok())
        << bad;
  }
  const Phone with_line = phone("https://fcm.googleapis.com/x\r\nHost: evil", 5);
  EXPECT_EQ(channels::read_subscription(written(with_line).dump(), channels::PushServices::known()).code(),
            Code::BadInput);
}

TEST(Subscription, IsRefusedWhereItsKeysAreNone) {
  const Phone mine = phone("https://fcm.googleapis.com/x", 5);
  for (const char* member : {"p256dh", "auth"})
    for (const nlohmann::json& bad :
         {nlohmann::json(), nlohmann::json(5), nlohmann::json("AAAA"), nlohmann::json("!")}) {
      auto other = written(mine);
      other["keys"][member] = bad;
      EXPECT_FALSE(channels::read_subscription(other.dump(), channels::PushServices::known()).ok()) << other;
    }
  for (const char* bad : {"", "[]", "{", "null", "{\"endpoint\": 5}", "\xff"})
    EXPECT_FALSE(channels::read_subscription(bad, channels::PushServices::known()).ok()) << bad;
  EXPECT_EQ(channels::read_subscription(std::string(5000, ' '), channels::PushServices::known()).code(),
            Code::TooLarge);
}

// The town's side, with a push service in the same process.
struct Town {
  std::unique_ptr<store::Database> database = store::Database::open({}).value();
  channels::Sums sums{*database};
  channels::Queue queue{*database, sums};
  channels::PushBook book{*database};
  channels::Vapid vapid{host::P256Key::make().value(), "mailto:push@town.example"};
  std::mutex lock;
  std::function<host::HttpAnswer(const channels::PushPost&)> service;
  std::mutex log_lock;
  std::vector<channels::PushPost> posted;
  channels::PushSender sender{book, queue, vapid, lock, [this] {
                                return
                                    [this](const channels::PushPost& one) -> base::Result<host::HttpAnswer> {
                                      const std::lock_guard held(log_lock);
                                      posted.push_back(one);
                                      const auto answer = service(one);
                                      if (answer.status == 0) return base::fail(Code::Unreachable);
                                      return answer;
                                    };
                              }};
  Town() {
    std::vector<store::Migration> all = channels::Sums::migrations();
    for (const auto& more : {channels::Queue::migrations(), channels::PushBook::migrations()})
      all.insert(all.end(), more.begin(), more.end());
    EXPECT_TRUE(database->migrate(all).ok());
    service = [](const channels::PushPost&) { return host::HttpAnswer{201, {}, {}}; };
  }
  void tell(std::uint64_t serial, std::int64_t seconds = 3600) {
    channels::News news;
    news.serial = serial;
    news.header.importance = notice::Importance::Emergency;
    news.until = kNow.plus_seconds(seconds);
    EXPECT_TRUE(book.each([&](std::int64_t id, const notice::Topics& topics) {
                      const auto topic = notice::topic_for(topics, news.header, base::date_of(kNow));
                      return topic.empty() ? base::Status() : queue.plan("push", news, topic, id, kNow);
                    })
                    .ok());
  }
  std::int64_t sum(const std::string& what) {
    const auto all = sums.all().value();
    const auto month = all.find(channels::month_of(kNow));
    if (month == all.end()) return 0;
    const auto found = month->second.find(what);
    return found == month->second.end() ? 0 : found->second;
  }
};

TEST(PushSender, SendsEachSubscriberOneMessageThatOnlyItsBrowserReads) {
  Town town;
  std::vector<Phone> phones;
  for (int i = 0; i < 20; ++i)
    phones.push_back(phone("https://push.example/" + std::to_string(i), static_cast<std::uint8_t>(i)));
  for (const Phone& one : phones) ASSERT_TRUE(town.book.keep(one.subscription, wants("disaster")).ok());
  ASSERT_TRUE(town.book.keep(phone("https://push.example/quiet", 99).subscription, wants("child")).ok());
  town.tell(12);
  EXPECT_EQ(town.sender.run(kNow).value(), 20u);
  EXPECT_EQ(town.sender.run(kNow).value(), 0u);
  ASSERT_EQ(town.posted.size(), 20u);
  std::set<std::size_t> lengths;
  std::set<Bytes> bodies;
  for (const auto& one : town.posted) {
    const Phone& whose = phones[std::stoul(one.url.substr(one.url.rfind('/') + 1))];
    const auto text = host::decrypt_push(one.body, whose.key, whose.auth);
    ASSERT_TRUE(text.ok());
    EXPECT_EQ(nlohmann::json::parse(*text), nlohmann::json({{"topic", "disaster"}}));
    lengths.insert(one.body.size());
    bodies.insert(one.body);
    std::map<std::string, std::string> headers;
    for (const auto& header : one.headers) headers[header.name] = header.value;
    EXPECT_EQ(headers["TTL"], "3600");
    EXPECT_EQ(headers["Urgency"], "high");
    EXPECT_EQ(headers["Content-Encoding"], "aes128gcm");
    EXPECT_LE(headers["Topic"].size(), 32u);
    EXPECT_TRUE(headers["Authorization"].starts_with("vapid t="));
  }
  EXPECT_EQ(lengths.size(), 1u);
  EXPECT_EQ(bodies.size(), 20u);
  EXPECT_EQ(town.sum("push.disaster.sent"), 20);
}

TEST(PushSender, DropsASubscriptionThatIsGone) {
  Town town;
  for (const char* name : {"dead", "alive"})
    ASSERT_TRUE(
        town.book.keep(phone(std::string("https://push.example/") + name, 1).subscription, wants("disaster"))
            .ok());
  town.service = [](const channels::PushPost& one) {
    return host::HttpAnswer{one.url.ends_with("dead") ? 410 : 201, {}, {}};
  };
  town.tell(1);
  EXPECT_EQ(town.sender.run(kNow).value(), 2u);
  EXPECT_EQ(town.book.count().value(), 1);
  EXPECT_EQ(town.sum("push.disaster.gone"), 1);
  town.posted.clear();
  town.tell(2);
  EXPECT_EQ(town.sender.run(kNow).value(), 1u);
  EXPECT_EQ(town.posted.at(0).url, "https://push.example/alive");
}

TEST(PushSender, LeavesAServiceAloneThatAsksForIt) {
  Town town;
  for (int i = 0; i < 40; ++i)
    ASSERT_TRUE(
        town.book.keep(phone("https://busy.example/" + std::to_string(i), 1).subscription, wants("disaster"))
            .ok());
  ASSERT_TRUE(town.book.keep(phone("https://other.example/x", 1).subscription, wants("disaster")).ok());
  town.service = [](const channels::PushPost& one) {
    if (one.url.starts_with("https://other")) return host::HttpAnswer{201, {}, {}};
    return host::HttpAnswer{429, {{"retry-after", "600"}}, {}};
  };
  town.tell(1);
  ASSERT_TRUE(town.sender.run(kNow).ok());
  // One a connection at most was tried before all of them knew.
  EXPECT_LE(town.posted.size(), town.sender.connections + 1);
  EXPECT_EQ(town.queue.waiting("push").value(), 40);
  const std::size_t so_far = town.posted.size();
  EXPECT_EQ(town.sender.run(kNow.plus_seconds(599)).value(), 0u);
  EXPECT_EQ(town.posted.size(), so_far);
  town.service = [](const channels::PushPost&) { return host::HttpAnswer{201, {}, {}}; };
  while (town.sender.run(kNow.plus_seconds(601)).value() > 0) {
  }
  EXPECT_EQ(town.queue.waiting("push").value(), 0);
  EXPECT_EQ(town.sum("push.disaster.sent"), 41);
}

TEST(PushSender, GivesUpWhenTheMessageHasNoSenseAnyMore) {
  Town town;
  ASSERT_TRUE(town.book.keep(phone("https://silent.example/1", 1).subscription, wants("disaster")).ok());
  town.service = [](const channels::PushPost&) { return host::HttpAnswer{0, {}, {}}; };
  town.tell(1, 100);
  for (int second = 0; second < 200; second += 10)
    ASSERT_TRUE(town.sender.run(kNow.plus_seconds(second)).ok());
  EXPECT_EQ(town.posted.size(),
            3u);  // at once, half a minute and another minute later; the next would be too late
  EXPECT_EQ(town.queue.waiting("push").value(), 0);
  EXPECT_EQ(town.sum("push.disaster.given-up"), 1);
  EXPECT_EQ(town.book.count().value(), 1);
}

TEST(PushBook, LetsOnlyWhoHasTheSecretChangeOrEndASubscription) {
  Town town;
  const Phone mine = phone("https://push.example/1", 1);
  Subscription thief = mine.subscription;
  thief.auth.fill(2);
  ASSERT_TRUE(town.book.keep(mine.subscription, wants("all")).ok());
  EXPECT_EQ(town.book.keep(thief, wants("child")).code(), Code::NotAllowed);
  EXPECT_TRUE(town.book.drop(thief).ok());
  EXPECT_EQ(town.book.count().value(), 1);
  ASSERT_TRUE(town.book.keep(mine.subscription, wants("disaster")).ok());
  ASSERT_TRUE(town.book
                  .each([](std::int64_t, const notice::Topics& topics) {
                    EXPECT_EQ(notice::topics_text(topics), "disaster");
                    return base::Status();
                  })
                  .ok());
  EXPECT_TRUE(town.book.drop(mine.subscription).ok());
  EXPECT_EQ(town.book.count().value(), 0);
}

}  // namespace

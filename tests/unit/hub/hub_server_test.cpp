// The hub over real HTTP on the loopback: CORS, headers, limits, streams, and a graceful stop.
#include "platform/hub/hub_server.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "platform/host/http_client.h"
#include "platform/hub/reading.h"
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

using namespace std::chrono_literals;
constexpr const char* kOrigin = "http://app.example";

// The fixture founds mailboxes on the test's thread before the server begins; then only HTTP touches the
// office.
class HubOverHttp : public HubTest {
 protected:
  HubOverHttp() {
    founder = new_member();
    box = founded(founder);
    open_office();
    HubServerOptions options;
    options.origins = {kOrigin};
    options.idle_frame_ms = 300;
    service = std::make_unique<HubServer>(
        *office, options, [this] { return Instant{clock.load()}; }, log);
    host::HttpServerOptions http;
    http.header_seconds = 2;
    http.body_seconds = 2;
    http.stop_seconds = 5;
    server = std::move(*host::HttpServer::listen(http, *service, log));
    url = "http://127.0.0.1:" + std::to_string(server->port());
    thread = std::thread([this] {
      server->run(false);
      stopped = true;
    });
  }
  ~HubOverHttp() override {
    stop();
    service.reset();
    server.reset();
  }
  void stop() {
    if (!thread.joinable()) return;
    server->stop();
    thread.join();
    service->finish();
  }

  std::string ticket_over_http() {
    auto challenge =
        client.post(url + "/v1/challenge",
                    code::encode(code::Cbor::map({{1, box.id.view()}, {2, founder.key.open.bytes}})));
    auto map = code::decode(challenge->body);
    auto answer = client.post(
        url + "/v1/ticket",
        mail::make_ticket_request({*map->fixed_at<32>(1), box.id, founder.key.open, office->incarnation()},
                                  founder.key));
    return base::to_hex(*code::decode(answer->body)->fixed_at<32>(1));
  }

  Member founder;
  Box box;
  std::atomic<std::int64_t> clock{now.ms};
  host::EventLog log{-1};
  std::unique_ptr<HubServer> service;
  std::unique_ptr<host::HttpServer> server;
  std::string url;
  std::thread thread;
  std::atomic<bool> stopped{false};
  host::HttpClient client;
};

TEST_F(HubOverHttp, TakesAnEnvelopeAndAnswersWithAReceipt) {
  const auto answer = client.post(url + "/v1/post", envelope(box, founder.key));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("content-type"), "application/cbor");
  EXPECT_TRUE(mail::read_receipt(answer->body, receipt_key.open).ok());
}

TEST_F(HubOverHttp, DressesEveryAnswerInSecurityHeaders) {
  for (const char* path : {"/v1/hub", "/health", "/nothing"}) {
    const auto answer = client.get(url + path);
    EXPECT_NE(answer->header("content-security-policy").find("default-src 'none'"), std::string_view::npos);
    EXPECT_EQ(answer->header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer->header("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer->header("cache-control"), "no-store");
  }
  EXPECT_EQ(client.get(url + "/nothing")->status, 404);
}

TEST_F(HubOverHttp, LetsOnlyItsOriginsCallFromABrowser) {
  const auto mine = client.get(url + "/v1/hub", {{"Origin", kOrigin}});
  EXPECT_EQ(mine->header("access-control-allow-origin"), kOrigin);
  const auto other = client.get(url + "/v1/hub", {{"Origin", "http://evil.example"}});
  EXPECT_EQ(other->header("access-control-allow-origin"), "");

  const auto asked = client.request("OPTIONS", url + "/v1/post", {},
                                    {{"Origin", kOrigin}, {"Access-Control-Request-Method", "POST"}});
  EXPECT_EQ(asked->status, 204);
  EXPECT_EQ(asked->header("access-control-allow-methods"), "GET, POST");
  EXPECT_EQ(asked->header("access-control-allow-headers"), "content-type, machi-ticket");
  EXPECT_EQ(client.request("OPTIONS", url + "/v1/post", {}, {{"Origin", "http://evil.example"}})->status,
            403);
}

TEST_F(HubOverHttp, RefusesOversizedBodiesWithAnAnswerThatABrowserMayRead) {
  const auto answer = client.post(url + "/v1/post", Bytes(100000, 1), {{"Origin", kOrigin}});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(mail::decode_error(answer->body).code, base::Code::TooLarge);
  EXPECT_EQ(answer->header("access-control-allow-origin"), kOrigin);
  EXPECT_EQ(client.post(url + "/v1/nothing", Bytes(10, 1))->status, 413);
  EXPECT_EQ(client.get(url + "/v1/hub", {{"X-Long", std::string(20000, 'a')}})->status, 431);
  EXPECT_EQ(client.get(url + "/health")->status, 200);
}

TEST_F(HubOverHttp, ReadsALargeBodyOnlyWhenItsLengthIsAnnounced) {
  const Bytes picture(700000, 5);
  const Bytes permit =
      mail::make_blob_permit({box.id, crypto::hash(picture), picture.size(), founder.key.open}, founder.key);
  const Bytes body = code::encode(code::Cbor::array({*code::decode(permit), code::Cbor(ByteView(picture))}));
  const auto unannounced = client.post(url + "/v1/blob", body, {{"Transfer-Encoding", "chunked"}});
  EXPECT_TRUE(!unannounced.ok() || unannounced->status == 413);
  EXPECT_EQ(client.post(url + "/v1/blob", body)->status, 200);
}

TEST_F(HubOverHttp, StreamsNewMailIdleFramesAndTheEndOfTheTicket) {
  const std::string ticket = ticket_over_http();
  Bytes got;
  std::atomic<int> pieces{0};
  std::thread reader([&] {
    host::HttpClient own;
    auto answer = own.stream(url + "/v1/stream?after=0", {{"Machi-Ticket", ticket}}, [&](ByteView piece) {
      got.insert(got.end(), piece.begin(), piece.end());
      ++pieces;
      return true;
    });
    EXPECT_TRUE(answer.ok());  // a proper end, not a broken connection
    EXPECT_EQ(answer->status, 200);
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.post(url + "/v1/post", envelope(box, founder.key))->status, 200);
    std::this_thread::sleep_for(50ms);
  }
  clock += 1000;  // idle for long enough
  for (int i = 0; i < 60 && pieces < 4; ++i) std::this_thread::sleep_for(50ms);
  clock += 601000;
  reader.join();
  std::vector<std::int64_t> numbers;
  for (ByteView rest = got; rest.size() >= 4;) {
    const std::size_t length =
        (std::size_t{rest[0]} << 24) | (std::size_t{rest[1]} << 16) | (std::size_t{rest[2]} << 8) | rest[3];
    auto item = code::decode(rest.subspan(4, length));
    numbers.push_back(item->is_null() ? 0 : *(*item->array())[0].integer());
    rest = rest.subspan(4 + length);
  }
  ASSERT_GE(numbers.size(), 4u);
  EXPECT_EQ(std::vector(numbers.begin(), numbers.begin() + 3), (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(numbers[3], 0);
}

TEST_F(HubOverHttp, EndsTheStreamOfARemovedReaderAtOnce) {
  const Member lost = new_member();
  EXPECT_EQ(
      client.post(url + "/v1/access", list({add_key(box, lost, mail::kAllRights, founder.key)}))->status,
      200);
  auto challenge = client.post(url + "/v1/challenge",
                               code::encode(code::Cbor::map({{1, box.id.view()}, {2, lost.key.open.bytes}})));
  auto answer = client.post(
      url + "/v1/ticket", mail::make_ticket_request({*code::decode(challenge->body)->fixed_at<32>(1), box.id,
                                                     lost.key.open, office->incarnation()},
                                                    lost.key));
  const std::string ticket = base::to_hex(*code::decode(answer->body)->fixed_at<32>(1));
  std::thread reader([&] {
    host::HttpClient own;
    EXPECT_TRUE(
        own.stream(url + "/v1/stream?after=0", {{"Machi-Ticket", ticket}}, [](ByteView) { return true; })
            .ok());
  });
  std::this_thread::sleep_for(200ms);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(client.post(url + "/v1/access", list({remove_key(box, lost.key.open, founder.key)}))->status,
            200);
  reader.join();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_F(HubOverHttp, StopsGracefullyWithStreamsOpen) {
  const std::string ticket = ticket_over_http();
  std::atomic<bool> proper{false};
  std::thread reader([&] {
    host::HttpClient own;
    proper = own.stream(url + "/v1/stream?after=0", {{"Machi-Ticket", ticket}}, [](ByteView) { return true; })
                 .ok();
  });
  std::this_thread::sleep_for(200ms);
  stop();
  reader.join();
  EXPECT_TRUE(proper);
  EXPECT_FALSE(client.get(url + "/health").ok());
}

TEST_F(HubOverHttp, CutsASilentConnectionAndKeepsTheOthers) {
  // A body that never comes: after its time the connection is closed, and the hub answers everyone else
  // meanwhile.
  host::HttpClient slow;
  slow.timeout_ms = 6000;
  std::thread waiting([&] {
    const auto answer = slow.request("POST", url + "/v1/post", {}, {{"Content-Length", "1000"}});
    EXPECT_TRUE(!answer.ok() || answer->status >= 400);
  });
  EXPECT_EQ(client.get(url + "/health")->status, 200);
  waiting.join();
}

TEST_F(HubOverHttp, CommitsManyClientsTogether) {
  constexpr int kClients = 6, kEach = 8;
  std::vector<std::vector<Bytes>> envelopes(kClients);
  for (auto& own : envelopes)
    for (int i = 0; i < kEach; ++i) own.push_back(envelope(box, founder.key));
  std::vector<std::thread> threads;
  std::vector<std::vector<std::uint64_t>> numbers(kClients);
  for (int c = 0; c < kClients; ++c)
    threads.emplace_back([&, c] {
      host::HttpClient own;
      for (const Bytes& bytes : envelopes[static_cast<std::size_t>(c)]) {
        auto answer = own.post(url + "/v1/post", bytes);
        auto receipt = mail::read_receipt(answer->body, receipt_key.open);
        if (receipt.ok()) numbers[static_cast<std::size_t>(c)].push_back(receipt->number);
      }
    });
  for (std::thread& one : threads) one.join();
  std::set<std::uint64_t> all;
  for (const auto& own : numbers) all.insert(own.begin(), own.end());
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kClients * kEach));
  EXPECT_EQ(*all.rbegin(), all.size());
}

}  // namespace
}  // namespace machi::hub

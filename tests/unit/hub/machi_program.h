// A town in a folder of its own, and its hub as a process that is asked over HTTP. Test code; the fixture of
// one thread, whose writers bring their own clients.
#pragma once

#include <atomic>
#include <map>
#include <nlohmann/json.hpp>

#include "platform/host/http_client.h"
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/hub_process.h"

namespace machi::hub {

namespace fs = std::filesystem;

class MachiProgram : public HubTest {
 protected:
  MachiProgram() : folder(fs::temp_directory_path() / ("machi-process-test-" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Ran made = run_machi(folder, {"town", "new", town_folder(), "--name", "日和町"});
    EXPECT_EQ(made.code, 0) << made.err;
    auto said = nlohmann::json::parse(made.out);
    town.id = *mail::TownId::from_hex_text(said["town"].get<std::string>());
    town.root = {*base::fixed<32>(*base::from_hex(said["root"].get<std::string>()))};
  }
  ~MachiProgram() override { fs::remove_all(folder); }
  std::string town_folder() const { return (folder / "town").string(); }
  std::string data() const { return (folder / "town" / "hub").string(); }

  // The keys that the town's feed delegates, as a phone learns them.
  std::vector<crypto::SignPublic> receipt_keys(const std::string& url) {
    auto head = client.get(url + "/v1/feed/head");
    EXPECT_EQ(head->status, 200);
    mail::Trust trust(town);
    const Instant real{std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count()};
    EXPECT_TRUE(mail::check_head(*mail::decode_feed_answer(head->body), trust, real).ok());
    return trust.keys(mail::TownRole::HubReceipt, real);
  }
  IncarnationId incarnation(const std::string& url) {
    return *IncarnationId::from(*code::decode(client.get(url + "/v1/hub")->body)->bytes_at(1));
  }
  host::HttpAnswer send(const std::string& url, const std::string& path, const Bytes& body) {
    auto answer = client.post(url + path, body);
    EXPECT_TRUE(answer.ok());
    return answer.ok() ? *answer : host::HttpAnswer{};
  }
  int ask_ticket_at(const std::string& url, const Box& box, const crypto::SignKey& key, std::string& ticket) {
    auto challenge =
        send(url, "/v1/challenge", code::encode(code::Cbor::map({{1, box.id.view()}, {2, key.open.bytes}})));
    auto map = code::decode(challenge.body);
    auto answer =
        send(url, "/v1/ticket",
             mail::make_ticket_request({*map->fixed_at<32>(1), box.id, key.open, incarnation(url)}, key));
    if (answer.status == 200) ticket = base::to_hex(*code::decode(answer.body)->fixed_at<32>(1));
    return answer.status;
  }
  // Number to hash of everything in a mailbox.
  std::map<std::uint64_t, mail::Hash> read_all(const std::string& url, const Box& box,
                                               const crypto::SignKey& key) {
    std::string ticket;
    EXPECT_EQ(ask_ticket_at(url, box, key, ticket), 200);
    std::map<std::uint64_t, mail::Hash> out;
    for (;;) {
      const std::string after = std::to_string(out.empty() ? 0 : out.rbegin()->first);
      auto answer = client.get(url + "/v1/messages?limit=1000&after=" + after, {{"Machi-Ticket", ticket}});
      auto map = code::decode(answer->body);
      const auto& items = *map->find(2)->array();
      if (items.empty()) return out;
      for (const code::Cbor& item : items)
        out[static_cast<std::uint64_t>(*(*item.array())[0].integer())] =
            mail::envelope_hash(*(*item.array())[1].bytes());
    }
  }

  fs::path folder;
  host::HttpClient client;
};

}  // namespace machi::hub

// machi kiosk sample: the invented town that `machi simulate dock` puts a kiosk into.
#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/machi/kiosk_world.h"

namespace machi::program {
namespace {

int run(WorldPlan plan) {
  crypto::SystemEntropy entropy;
  plan.now = system_now();
  const auto world = make_kiosk_world(plan, entropy);
  if (!world.ok() && world.code() == base::Code::Conflict)
    return complain(plan.folder.string() + " holds something else; name another folder.");
  if (!world.ok()) return complain("The kiosk's sample could not be made", world.error());
  nlohmann::json cards = nlohmann::json::array();
  for (const WorldCard& card : world->cards) cards.push_back({{"id", card.id}, {"note", card.note}});
  print({{"folder", world->folder.string()},
         {"residents", world->residents},
         {"cards", std::move(cards)},
         {"pin", "1234"},
         {"kiosk", base::to_hex(world->kiosk.bytes)}});
  return kDone;
}

}  // namespace

Action declare_kiosk_sample(CLI::App& app) {
  auto options = std::make_shared<WorldPlan>();
  app.add_option("DIR", options->folder, "Its folder; made when it is not there, else brought up to date")
      ->required();
  app.add_option("--people", options->people, "At least so many residents")
      ->check(CLI::Range(std::size_t{1'000}, std::size_t{200'000}))
      ->capture_default_str();
  app.footer(
      R"(Nobody in it lives. In the folder: town/ (keys, feed, the clerk's registry), ca/ and other-ca/ (authorities that
nobody else trusts, made by the openssl program), cards/ (certificates), kiosk.key, world.json.
One JSON object: {"folder", "residents", "cards": [{"id", "note"}], "pin", "kiosk"}.)");
  return [options] { return run(*options); };
}

}  // namespace machi::program

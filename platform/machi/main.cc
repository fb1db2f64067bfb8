// machi: the one program of a town. The table of its commands, and the reading of the command line.
#include <array>
#include <map>

#include "core/crypto/sodium.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/rule_commands.h"

namespace {

using machi::program::Action;
using machi::program::Command;

constexpr std::array kCommands = {
    Command{"hub", "serve", "Run the hub: the post office that cannot read the mail.",
            machi::program::declare_hub_serve},
    Command{"hub", "backup", "Copy the mail of a hub, running or not, into one file.",
            machi::program::declare_hub_backup},
    Command{"hub", "restore", "Put a backup in place of a stopped hub's mail.",
            machi::program::declare_hub_restore},
    Command{"hub", "migrate", "Move a stopped hub's mail from SQLite to PostgreSQL, or back.",
            machi::program::declare_hub_migrate},
    Command{"office", "found", "Found a school's office, and print its paper key.",
            machi::program::declare_office_found},
    Command{"office", "confirm", "Type or scan the printed paper key back: then the office is set up.",
            machi::program::declare_office_confirm},
    Command{"office", "import", "Read a school's class list, say what it changes, and take it over.",
            machi::program::declare_office_import},
    Command{"office", "exposure", "List whose data a device of a school held.",
            machi::program::declare_office_exposure},
    Command{"shelters", "check",
            "Read a list of shelters from open data: its columns, its rows, and what cannot be taken.",
            machi::program::declare_shelters_check},
    Command{"site", "serve", "Serve a built web site.", machi::program::declare_site_serve},
    Command{"town", "new", "Make a town: its keys, its empty feed, its pack.",
            machi::program::declare_town_new},
    Command{"record", "verify", "Check an office's signed record: its signature, its files, its device.",
            machi::program::declare_record_verify},
    Command{nullptr, "sample",
            "Make the sample town with a school, slips and a desk's invitation, to try everything.",
            machi::program::declare_sample},
    Command{"token", "read", "Show what a printed or scanned token says, and whether its signature holds.",
            machi::program::declare_token_read},
    Command{"qr", "camera", "Read QR symbols from a camera (V4L2): one line of JSON a symbol.",
            machi::program::declare_qr_camera},
    Command{"qr", "read", "Read the QR symbols of pictures: one line of JSON a picture.",
            machi::program::declare_qr_read},
    Command{"qr", "write", "Write a text as a QR symbol, into a PNG or SVG file.",
            machi::program::declare_qr_write},
    Command{"pass", "key", "Make a pass key, to try passes with.", machi::program::declare_pass_key},
    Command{"pass", "new", "Make a household pass out of JSON.", machi::program::declare_pass_new},
    Command{"pass", "read", "Open a household pass: JSON, or why it cannot be read.",
            machi::program::declare_pass_read},
    Command{"certificate", "render", "Set a certificate out of JSON as PDF, sealed, or as a specimen.",
            machi::program::declare_certificate_render},
    Command{"certificate", "verify", "Show what a certificate's seal says, to compare with the paper.",
            machi::program::declare_certificate_verify},
    Command{"log", "verify", "Check a town's log of issued certificates against its signed heads.",
            machi::program::declare_log_verify},
    Command{"clerk", "serve", "Run the clerk that issues certificates to kiosks.",
            machi::program::declare_clerk_serve},
    Command{"kiosk", "config", "Write down for the kiosk's program which devices, clerk and town it has.",
            machi::program::declare_kiosk_config},
    Command{"kiosk", "install", "Write the systemd units that start, watch and renew the kiosk's program.",
            machi::program::declare_kiosk_install},
    Command{"kiosk", "key", "Make a kiosk's own key, and print its public half.",
            machi::program::declare_kiosk_key},
    Command{"kiosk", "run", "Run a kiosk without a screen: finish what is open, serve one visitor.",
            machi::program::declare_kiosk_run},
    Command{"kiosk", "sample", "Make an invented town for a kiosk at a desk: residents, cards, keys.",
            machi::program::declare_kiosk_sample},
    Command{"simulate", "dock",
            "A whole kiosk at a desk, and a page that cards and faults are commanded from.",
            machi::program::declare_simulate_dock},
    Command{"simulate", "card", "A My Number card on a virtual reader, for a kiosk at a desk.",
            machi::program::declare_simulate_card},
    Command{"simulate", "terminal", "A payment terminal of no maker, with all its faults.",
            machi::program::declare_simulate_terminal},
    Command{"registry", "import", "Take a list of residents over into the clerk's registry.",
            machi::program::declare_registry_import},
    Command{"registry", "sample", "Write a list of invented residents, to try the registry with.",
            machi::program::declare_registry_sample},
    Command{"date", "reach", "Say on which day an age in months or years is reached by Japanese law.",
            machi::program::declare_date_reach},
    Command{nullptr, "growth", "Hold a child's measurements beside the WHO standards and Japan's bands.",
            machi::program::declare_growth},
    Command{nullptr, "benefits", "Say which benefits of a town's rule pack apply to a person, and why.",
            machi::program::declare_benefits},
    Command{"vaccination", "plan", "Plan a child's routine vaccinations and judge the doses given.",
            machi::program::declare_vaccination_plan},
    Command{"pack", "check",
            "Check a rule pack: its form, its names, its tables, its own tests, its signature.",
            machi::program::declare_pack_check},
    Command{"pack", "sign", "Check a rule pack and sign it with the town's editor key.",
            machi::program::declare_pack_sign},
    Command{nullptr, "placement", "Place children in nurseries: stable, siblings together, with reasons.",
            machi::program::declare_placement},
    Command{"alert", "read", "Read a disaster message (CAP or 気象庁防災情報XML) as one JSON object.",
            machi::program::declare_alert_read},
    Command{nullptr, "ask", "Answer a citizen's question from the town's answers, or say that none is known.",
            machi::program::declare_ask},
    Command{"feed", "export", "Write the public feed as files that any web server may serve.",
            machi::program::declare_feed_export},
    Command{"feed", "verify", "Check an exported feed with nothing but the town's root key.",
            machi::program::declare_feed_verify},
    Command{"notice", "answers", "Give every phone the chatbot's answers and the garbage dictionary.",
            machi::program::declare_notice_answers},
    Command{"notice", "menu", "Give every phone the tiles of its menu.", machi::program::declare_notice_menu},
    Command{"notice", "publish", "Put a notice into the town's feed.",
            machi::program::declare_notice_publish},
    Command{"notice", "correct", "Put another version of a notice into its place.",
            machi::program::declare_notice_correct},
    Command{"notice", "serve", "The town's press: what the desks of notices approved, into the feed.",
            machi::program::declare_notice_serve},
    Command{"notice", "withdraw", "Withdraw a notice, and forget its words.",
            machi::program::declare_notice_withdraw},
    Command{"push", "keys", "Make the key by which push services know the town.",
            machi::program::declare_push_keys},
    Command{"push", "menu", "Make the menu of the town's LINE account.", machi::program::declare_push_menu},
    Command{"push", "serve", "Tell of new notices by Web Push, e-mail and LINE.",
            machi::program::declare_push_serve},
    Command{"segment", "match", "Say whether a notice's segment concerns the person of a profile.",
            machi::program::declare_segment_match},
};

constexpr std::array kGroups = {
    std::pair{"hub", "The hub"},
    std::pair{"office", "A school's office"},
    std::pair{"record", "What offices keep"},
    std::pair{"shelters", "A town's shelters"},
    std::pair{"site", "Web sites"},
    std::pair{"town", "A town's keys and files"},
    std::pair{"token", "Tokens in QR codes"},
    std::pair{"qr", "QR symbols"},
    std::pair{"pass", "Household passes"},
    std::pair{"certificate", "Certificates"},
    std::pair{"log", "The log of issues"},
    std::pair{"clerk", "The clerk for kiosks"},
    std::pair{"kiosk", "The lobby kiosk"},
    std::pair{"simulate", "Devices that are none, for a kiosk at a desk"},
    std::pair{"registry", "The resident registry"},
    std::pair{"date", "Dates by Japanese law"},
    std::pair{"pack", "Rule packs"},
    std::pair{"vaccination", "Vaccinations"},
    std::pair{"alert", "Disaster messages"},
    std::pair{"feed", "The public feed"},
    std::pair{"notice", "Notices to the citizens"},
    std::pair{"push", "What reaches people outside of the app"},
    std::pair{"segment", "Whom a notice concerns"},
};

int run(int argc, char** argv) {
  CLI::App app{
      "Machikado: the program for a town's own services. JSON on standard output, errors on standard error."};
  app.name("machi");
  app.require_subcommand(1);
  app.footer(
      "machi COMMAND --help tells more. Exit code 0: done; 1: it failed; 2: the command line is wrong.");
  std::map<std::string, CLI::App*> groups;
  for (const auto& [name, summary] : kGroups) {
    groups[name] = app.add_subcommand(name, summary);
    groups[name]->require_subcommand(1);
  }
  std::vector<std::pair<CLI::App*, Action>> actions;
  for (const Command& command : kCommands) {
    CLI::App* parent = command.group == nullptr ? &app : groups.at(command.group);
    CLI::App* options = parent->add_subcommand(command.name, command.summary);
    actions.emplace_back(options, command.declare(*options));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? machi::program::kDone : machi::program::kUsage;
  }
  if (!machi::crypto::ready()) return machi::program::complain("libsodium cannot run on this machine.");
  for (const auto& [options, action] : actions)
    if (options->parsed()) return action();
  return machi::program::kUsage;
}

}  // namespace

int main(int argc, char** argv) { return run(argc, argv); }

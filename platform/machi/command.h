// A command of the program `machi`: its place in the table, its options, and what it does. One file a
// command. One thread, from start to end. JSON on standard output, sentences on standard error.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/result.h"
#include "core/base/time.h"

namespace machi::program {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;  // the words on the command line are wrong

// Carries the command out; the value is the exit code.
using Action = std::function<int()>;

struct Command {
  const char* group;  // "hub"; nullptr for a command without one
  const char* name;
  const char* summary;
  Action (*declare)(CLI::App& options);
};

// One JSON object and a line's end.
void print(const nlohmann::json& object);
// The same on one line.
void print_line(const nlohmann::json& object);
// "machi: SENTENCE" on standard error; kFailed.
int complain(const std::string& sentence);
// The same with what went wrong: the error's name and its detail.
int complain(const std::string& sentence, const base::Error& error);

base::Instant system_now();

Action declare_hub_serve(CLI::App& options);
Action declare_hub_backup(CLI::App& options);
Action declare_hub_restore(CLI::App& options);
Action declare_hub_migrate(CLI::App& options);
Action declare_office_found(CLI::App& options);
Action declare_office_confirm(CLI::App& options);
Action declare_office_import(CLI::App& options);
Action declare_office_exposure(CLI::App& options);
Action declare_shelters_check(CLI::App& options);
Action declare_site_serve(CLI::App& options);
Action declare_town_new(CLI::App& options);
Action declare_record_verify(CLI::App& options);
Action declare_sample(CLI::App& options);
Action declare_token_read(CLI::App& options);
Action declare_qr_camera(CLI::App& options);
Action declare_qr_read(CLI::App& options);
Action declare_qr_write(CLI::App& options);
Action declare_pass_key(CLI::App& options);
Action declare_pass_new(CLI::App& options);
Action declare_pass_read(CLI::App& options);
Action declare_date_reach(CLI::App& options);
Action declare_growth(CLI::App& options);
Action declare_certificate_render(CLI::App& options);
Action declare_certificate_verify(CLI::App& options);
Action declare_log_verify(CLI::App& options);
Action declare_clerk_serve(CLI::App& options);
Action declare_kiosk_config(CLI::App& options);
Action declare_kiosk_install(CLI::App& options);
Action declare_kiosk_key(CLI::App& options);
Action declare_kiosk_run(CLI::App& options);
Action declare_kiosk_sample(CLI::App& options);
Action declare_simulate_card(CLI::App& options);
Action declare_simulate_dock(CLI::App& options);
Action declare_simulate_terminal(CLI::App& options);
Action declare_registry_import(CLI::App& options);
Action declare_registry_sample(CLI::App& options);

}  // namespace machi::program

// machi kiosk install: what systemd and the panel need to start machi_kiosk when the machine is switched on,
// to watch it, and to let it be replaced at night when nobody stands there. Writes files into a folder;
// installs nothing by itself.
#include "platform/host/file.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

struct InstallKiosk {
  std::string folder, config, program = "/usr/local/bin/machi_kiosk", user = "kiosk", update, at = "03:30";
  std::string state = "/var/lib/machikado-kiosk";
};

std::string service(const InstallKiosk& options) {
  return R"([Unit]
Description=Machikado kiosk
Wants=pcscd.socket network-online.target
After=pcscd.socket network-online.target systemd-user-sessions.service
Conflicts=getty@tty1.service
StartLimitIntervalSec=0

[Service]
Type=notify
# cage is what systemd starts; the kiosk inside of it says that it is ready and alive.
NotifyAccess=all
ExecStart=/usr/bin/cage -d -s -- )" +
         options.program + " --config " + options.config + R"( --fullscreen
Environment=SDL_VIDEODRIVER=wayland
User=)" + options.user +
         R"(
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty1
UtmpMode=user
# Whatever happens to it, it is started anew and finishes what its journal left open.
Restart=always
RestartSec=2
WatchdogSec=60
TimeoutStartSec=60
TimeoutStopSec=30
KillMode=mixed
# A visitor's name and PIN lie in memory only: no dump of it, no swap.
LimitCORE=0
MemorySwapMax=0
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=strict
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
ReadWritePaths=)" +
         options.state + R"(

[Install]
WantedBy=graphical.target
)";
}

std::string update_service(const InstallKiosk& options) {
  return "[Unit]\nDescription=New program for the Machikado kiosk, when nobody is "
         "served\n\n[Service]\nType=oneshot\n"
         "ExecStart=" +
         options.update +
         "\n# It ends itself between two visitors and is started anew, by then with what was put in its "
         "place.\n"
         "ExecStartPost=/usr/bin/systemctl kill --signal=SIGHUP machikado-kiosk.service\n";
}

std::string timer(const InstallKiosk& options) {
  return "[Unit]\nDescription=At night: new program for the Machikado kiosk\n\n[Timer]\nOnCalendar=*-*-* " +
         options.at + ":00\nRandomizedDelaySec=20min\nPersistent=no\n\n[Install]\nWantedBy=timers.target\n";
}

bool plain(const std::string& text) {
  return !text.empty() && text.find_first_of(" \t\r\n\"'\\%$") == std::string::npos;
}

int install(const InstallKiosk& options) {
  for (const std::string* text :
       {&options.config, &options.program, &options.user, &options.state, &options.at})
    if (!plain(*text)) return complain("A unit's file takes no spaces, quotes, % or $: " + *text);
  if (!options.update.empty() && options.update.find_first_of("\r\n") != std::string::npos)
    return complain("--update is one line");
  std::error_code ignored;
  std::filesystem::create_directories(options.folder, ignored);
  std::vector<std::pair<std::string, std::string>> files = {{"machikado-kiosk.service", service(options)}};
  if (!options.update.empty()) {
    files.emplace_back("machikado-kiosk-update.service", update_service(options));
    files.emplace_back("machikado-kiosk-update.timer", timer(options));
  }
  nlohmann::json written = nlohmann::json::array();
  for (const auto& [name, text] : files) {
    const auto file = std::filesystem::path(options.folder) / name;
    if (const auto done = host::write_file(file, base::view(text)); !done.ok())
      return complain(file.string() + " could not be written", done.error());
    written.push_back(file.string());
  }
  print({{"files", written}});
  return kDone;
}

}  // namespace

Action declare_kiosk_install(CLI::App& app) {
  auto options = std::make_shared<InstallKiosk>();
  app.add_option("DIR", options->folder, "Folder for the units, as /etc/systemd/system")->required();
  app.add_option("--config", options->config, "The kiosk's file (machi kiosk config), with its whole path")
      ->required();
  app.add_option("--program", options->program, "machi_kiosk")->capture_default_str();
  app.add_option("--user", options->user, "Whom it runs as; in the groups video, input, lp")
      ->capture_default_str();
  app.add_option(
         "--state", options->state,
         "The only folder it may write into: journal, totals, status. It must be there, and be the user's")
      ->capture_default_str();
  app.add_option("--update", options->update,
                 "A command that fetches and puts in place a new program; run at night, then the kiosk ends "
                 "itself when nobody is served and comes back as the new one");
  app.add_option("--at", options->at, "When that is")->capture_default_str();
  app.footer(
      R"(Needs cage (a Wayland compositor for one program) and pcscd. Then: systemctl daemon-reload; systemctl enable --now
machikado-kiosk.service, and machikado-kiosk-update.timer when there is one. The kiosk tells systemd that it is ready
when its first screen is drawn, and that it lives while no call of a device takes longer than five minutes and its
journal can be written; else systemd starts it anew. What to fetch, and whether its signature is good, is the update
command's business. One JSON object: {"files"}.)");
  return [options] { return install(*options); };
}

}  // namespace machi::program

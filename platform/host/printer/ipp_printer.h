// A printer by IPP (RFC 8010, 8011) through libcups, spoken to directly: no cupsd between, so that its queue
// is the only one. The document goes from memory to the printer; no file is made of it here. The reference is
// the job's name, by which it is found again. A connection a call. One thread.
#pragma once

#include <map>
#include <string>

#include "platform/host/printer/printer.h"

namespace machi::host {

struct IppPlan {
  std::string uri;  // ipp://127.0.0.1:8631/ipp/print
  std::string media = "iso_a4_210x297mm";
  std::string tray;        // a media-source keyword such as "tray-1"; "" leaves it to the printer
  double seconds = 5;      // to wait for an answer
  int clear_seconds = 10;  // to wait until cancelled jobs are gone
};

class IppPrinter final : public Printer {
 public:
  explicit IppPrinter(IppPlan plan) : plan_(std::move(plan)) {}
  PrinterSeen look() override;
  Known print(const PrintJob& job) override;
  JobSeen watch(const Ref& ref) override;
  bool clear() override;

 private:
  IppPlan plan_;
  std::map<Ref, int> jobs_;  // the printer's numbers of what this process sent
};

// What stands behind a keyword of printer-state-reasons; nothing for what does not hinder printing.
std::optional<PrinterTrouble> trouble_of(std::string_view reason);

}  // namespace machi::host

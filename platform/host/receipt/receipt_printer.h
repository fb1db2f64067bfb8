// The small printer of receipts and numbered slips. Paper of it decides nothing about money: when it fails,
// staff read the same from the journal. One thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace machi::host {

class ReceiptPrinter {
 public:
  virtual ~ReceiptPrinter() = default;
  // Lines of Japanese text, the first one large; then it cuts. Unreachable when it is away, Unsupported for a
  // sign that it has not.
  virtual base::Status print(const std::vector<std::string>& lines) = 0;
};

// ESC/POS over TCP (port 9100 as such printers have it) or into a device's file ("/dev/usb/lp0"); text in
// Shift_JIS, which the Japanese models have built in.
class EscPosPrinter final : public ReceiptPrinter {
 public:
  explicit EscPosPrinter(std::string where) : where_(std::move(where)) {}
  base::Status print(const std::vector<std::string>& lines) override;

 private:
  std::string where_;
};

// A kiosk without one.
class NoReceiptPrinter final : public ReceiptPrinter {
 public:
  base::Status print(const std::vector<std::string>&) override {
    return base::fail(base::Code::Unreachable, "there is none");
  }
};

}  // namespace machi::host

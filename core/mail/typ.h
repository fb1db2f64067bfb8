// The purposes of signed objects (protected `typ`, RFC 9596). PROTOCOL.md lists them. Constants only.
#pragma once

#include <string_view>

namespace machi::mail::typ {

inline constexpr std::string_view kDelegation = "machi-delegation+cose";
inline constexpr std::string_view kSuccessor = "machi-successor+cose";
inline constexpr std::string_view kItem = "machi-item+cose";
inline constexpr std::string_view kHead = "machi-head+cose";
inline constexpr std::string_view kFresh = "machi-fresh+cose";
inline constexpr std::string_view kAccess = "machi-access+cose";
inline constexpr std::string_view kAccessHead = "machi-access-head+cose";
inline constexpr std::string_view kGrant = "machi-grant+cose";
inline constexpr std::string_view kEnvelope = "machi-envelope+cose";
inline constexpr std::string_view kApart = "machi-apart+cose";
inline constexpr std::string_view kApartHead = "machi-apart-head+cose";
inline constexpr std::string_view kVoucher = "machi-voucher+cose";
inline constexpr std::string_view kReceipt = "machi-receipt+cose";
inline constexpr std::string_view kTicket = "machi-ticket+cose";
inline constexpr std::string_view kBlob = "machi-blob+cose";
inline constexpr std::string_view kSlot = "machi-slot+cose";
inline constexpr std::string_view kDevice = "machi-device+cose";
inline constexpr std::string_view kSnapshot = "machi-snapshot+cose";
inline constexpr std::string_view kSlip = "machi-slip+cwt";
inline constexpr std::string_view kRecord = "machi-record+cose";
inline constexpr std::string_view kSlipRecord = "machi-slip-record+cose";

}  // namespace machi::mail::typ

#pragma once

// The first topics of the events that are decoded: Keccak-256 of their signatures.

#include "base/fixed_bytes.hpp"

#include <string_view>

namespace moneytrail::events {

consteval Word topic(std::string_view digits) {
    return fixed_literal<Word>(digits);
}

// Transfer(address,address,uint256), of ERC-20 and ERC-721
constexpr Word kTransfer = topic("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
// TransferSingle(address,address,address,uint256,uint256), of ERC-1155
constexpr Word kTransferSingle = topic("c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62");
// TransferBatch(address,address,address,uint256[],uint256[]), of ERC-1155
constexpr Word kTransferBatch = topic("4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb");
// Deposit(address,uint256), of WETH9
constexpr Word kDeposit = topic("e1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c");
// Withdrawal(address,uint256), of WETH9
constexpr Word kWithdrawal = topic("7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65");
// AnswerUpdated(int256,uint256,uint256), of Chainlink aggregators
constexpr Word kAnswerUpdated = topic("0559884fd3a460db3073b7fc896cc77986f16e378210ded43186175bf646fc5f");

}  // namespace moneytrail::events

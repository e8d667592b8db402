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
// NewTransmission(uint32,int192,address,int192[],bytes,bytes32), of Chainlink's OCR aggregators
constexpr Word kNewTransmission = topic("f6a97944f31ea060dfde0566e4167c1a1082551e64b60ecb14d599a9d023d451");
// NewTransmission(uint32,int192,address,uint32,int192[],bytes,int192,bytes32,uint40), of OCR2 aggregators
constexpr Word kNewTransmission2 = topic("c797025feeeaf2cd924c99e9205acb8ec04d5cad21c41ce637a38fb6dee6016a");
// PairCreated(address,address,address,uint256), of factories like Uniswap V2's
constexpr Word kPairCreated = topic("0d3648bd0f6ba80134a33ba9275ac585d9d315f0ad8355cddefde31afa28d0e9");
// Sync(uint112,uint112), of pairs like Uniswap V2's
constexpr Word kSync = topic("1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1");
// PoolCreated(address,address,uint24,int24,address), of factories like Uniswap V3's
constexpr Word kPoolCreated = topic("783cca1c0412dd0d695e784568c96da2e9c22ff989357a2e8b1d9b2b4e6b7118");
// Initialize(uint160,int24), of pools like Uniswap V3's
constexpr Word kV3Initialize = topic("98636036cb66a9c19a37435efc1e90142190214e8abeb821bdba3f2990dd4c95");
// Swap(address,address,int256,int256,uint160,uint128,int24), of pools like Uniswap V3's
constexpr Word kV3Swap = topic("c42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67");
// Swap(address,address,int256,int256,uint160,uint128,int24,uint128,uint128), of PancakeSwap V3's pools
constexpr Word kPancakeV3Swap = topic("19b47279256b2a23a1665c810c8d55a1758940ee09377d4f8d26497a3577dc83");
// Mint(address,address,int24,int24,uint128,uint256,uint256), of pools like Uniswap V3's
constexpr Word kV3Mint = topic("7a53080ba414158be7ec69b987b5fb7d07dee101fe85488f0853ae16239d0bde");
// Burn(address,int24,int24,uint128,uint256,uint256), of pools like Uniswap V3's
constexpr Word kV3Burn = topic("0c396cd989a39f4459b5fa1aed6a9a8dcdbc45908acfd67e028cd568da98982c");
// Initialize(bytes32,address,address,uint24,int24,address,uint160,int24), of Uniswap V4's manager
constexpr Word kV4Initialize = topic("dd466e674ea557f56295e2d0218a125ea4b4f0f6f3307b95f85e6110838d6438");
// Swap(bytes32,address,int128,int128,uint160,uint128,int24,uint24), of Uniswap V4's manager
constexpr Word kV4Swap = topic("40e9cecb9f5f1f1c5b9c97dec2917b7ee92e57ba5563708daca94dd84ad7112f");
// ModifyLiquidity(bytes32,address,int24,int24,int256,bytes32), of Uniswap V4's manager
constexpr Word kV4ModifyLiquidity = topic("f208f4912782fd25c7f114ca3723a2d5dd6f3bcc3ac8db5af63baa85f711d5ec");
// TokenExchange(address,int128,uint256,int128,uint256), of Curve's stable pools
constexpr Word kCurveStable = topic("8b3e96f2b889fa771c53c981b40daf005f63f637f1869f707052d15a3dd97140");
// TokenExchangeUnderlying(address,int128,uint256,int128,uint256), of Curve's stable pools
constexpr Word kCurveUnderlying = topic("d013ca23e77a65003c2c659c5442c00c805371b7fc1ebd4c206c41d1536bd90b");
// TokenExchange(address,uint256,uint256,uint256,uint256), of Curve's crypto pools
constexpr Word kCurveCrypto = topic("b2e76ae99761dc136e598d4a629bb347eccb9532a5f8bbd72e18467c3c34cc98");
// TokenExchange(address,uint256,uint256,uint256,uint256,uint256,uint256), of Curve's newer crypto pools
constexpr Word kCurveCryptoNg = topic("143f1f8e861fbdeddd5b46e844b7d3ac7b86a122f36e8c463859ee6811b1f29c");
// Swap(bytes32,address,address,uint256,uint256), of Balancer V2's vault
constexpr Word kBalancerSwap = topic("2170c741c41531aec20e7c107c24eecfdd15e69c9bb0a8dd37b1840b9e0b207b");
// PoolBalanceChanged(bytes32,address,address[],int256[],uint256[]), of Balancer V2's vault
constexpr Word kBalancerChanged = topic("e5ce249087ce04f05a957192435400fd97868dba0e6a4b4c049abf8af80dae78");
// PoolBalanceManaged(bytes32,address,address,int256,int256), of Balancer V2's vault
constexpr Word kBalancerManaged = topic("6edcaf6241105b4c94c2efdbf3a6b12458eb3d07be3a0e81d24b13c44045fe7a");

}  // namespace moneytrail::events

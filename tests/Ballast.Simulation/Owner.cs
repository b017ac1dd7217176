using Ballast.Core;
using Ballast.Core.Books;
using Ballast.Core.Paper;
using Ballast.Core.Trading;

namespace Ballast.Simulation;

/// <summary>The owner, who does as he likes at any moment: halts, changes his mind, moves money, trades by hand.</summary>
internal sealed class Owner(World world, Chance chance)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private bool retired;

    private DateTimeOffset Now => world.Agenda.Now;

    public void Begin(DateTimeOffset start) => world.Agenda.At(start + chance.Seconds(1, 300), null, Wake);

    /// <summary>The last thing that he does is to set right what he knows of, most of the time.</summary>
    public void Retire()
    {
        retired = true;
        if (chance.PerMille(900))
        {
            Lift();
            world.Store.Change(trading => trading with { Mode = null });
            world.Engine.CancelAll(world.Symbol.Name, Now);
        }
    }

    /// <summary>The worst moment for a halt: the tick has read that there is none, and the order is about to be recorded, or to leave.</summary>
    public void SeesAnOrderComing()
    {
        if (world.Faults.Strikes(FaultKind.OwnerHalts, 15))
            world.Agenda.In(chance.Milliseconds(0, 200), null, Halt);
    }

    private void Wake()
    {
        if (retired)
            return;
        world.Agenda.In(Rest + chance.Seconds(0, 60), null, Wake);
        if (world.Trading.Proposal is { ApprovedBy: null } && world.Faults.Strikes(FaultKind.OwnerApproves, 600))
            Approve();
        if (world.Faults.Strikes(FaultKind.OwnerLifts, world.Witness.Halted ? 300 : 0))
            Lift();
        if (world.Faults.Strikes(FaultKind.OwnerChangesTarget, world.Faults.OwnerActs))
            world.Store.Set("target_ratio", chance.PerMille(200) ? null : Decimals.Text(chance.Between(30, 70) / 100m));
        if (!chance.PerMille(world.Faults.OwnerActs))
            return;
        switch (chance.Below(5))
        {
            case 0:
                world.Faults.Count(FaultKind.OwnerHalts);
                Halt();
                break;
            case 1:
                world.Faults.Count(FaultKind.OwnerChangesMode);
                var mode = chance.Of<Mode?>(null, null, Mode.Observe, Mode.Approve, Mode.Auto);
                world.Note($"owner: mode {mode}");
                world.Store.Change(trading => trading with { Mode = mode is { } set ? new ModeChange(set, Now, "owner", "he likes to") : null });
                break;
            case 2:
                world.Faults.Count(FaultKind.OwnerMovesMoney);
                Move();
                break;
            case 3:
                world.Faults.Count(FaultKind.OwnerTrades);
                Trade();
                break;
            default:
                world.Faults.Count(FaultKind.OwnerCancels);
                world.Engine.CancelAll(world.Symbol.Name, Now);
                break;
        }
    }

    public void Halt()
    {
        world.Note($"owner: halt");
        world.Witness.Halted = true;
        world.Store.Change(trading => trading with { Halt = new Halt(Now, "owner", "stop") });
    }

    private void Lift()
    {
        world.Note($"owner: lifts halts");
        world.Witness.Halted = false;
        world.Store.Change(trading => trading with { Halt = null, State = trading.State with { Failures = 0 } });
    }

    private void Approve()
    {
        var tick = world.Trading.Proposal!.Tick;
        world.Note($"owner: approves {tick}");
        world.Witness.Approved.Add(tick);
        world.Store.Change(trading => trading with { Proposal = trading.Proposal! with { ApprovedBy = "owner" } });
        if (chance.PerMille(800))
            world.Agenda.In(chance.Seconds(0, 20), null, world.Scheduler.RunByHand);
    }

    private void Move()
    {
        var asset = chance.Of("QRL", "USDT");
        var units = chance.Between(1, asset == "QRL" ? 150_000 : 7500) / 100m;
        var moved = chance.PerMille(500) ? world.Engine.Deposit(asset, units, Now) : world.Engine.Withdraw(asset, units, Now);
        world.Note($"owner: moves {units} {asset}: {moved.Failure?.Reason ?? "done"}");
    }

    private void Trade()
    {
        if (!world.Engine.Book(world.Symbol.Name, Now).TryGet(out var book, out _))
            return;
        var (side, type) = (chance.Of(Side.Buy, Side.Sell), chance.Of(OrderType.Limit, OrderType.Market, OrderType.ImmediateOrCancel));
        var price = decimal.Round(book.Last.Value * (1 + chance.Between(-20, 20) / 1000m), 6);
        var placed = world.Engine.Place(
            new PaperOrderRequest(world.Symbol.Name, side, type)
            {
                Quantity = new Quantity(chance.Between(100, 800)),
                Price = type == OrderType.Market ? null : new Price(price),
            },
            Now);
        world.Note($"owner: {side} {type} at {price}: {(placed.TryGet(out var order, out var failure) ? order.Status.ToString() : failure.Reason)}");
    }
}

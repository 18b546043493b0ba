using CourseKit.Benchmarks;

var quick = args.Contains("--quick");
var names = args.Where(arg => !arg.StartsWith('-')).ToArray();
var command = names.FirstOrDefault() ?? "";
var rest = names.Skip(1).ToArray();
try
{
    switch (command)
    {
        case "peak": PeakCommand.Run(quick); return 0;
        case "gemm": GemmCommand.Run(quick, rest); return 0;
        case "train": TrainCommand.Run(quick, rest); return 0;
        case "cold": ColdCommand.Run(); return 0;
        case "mnist-mlp": MnistMlp.Run(quick); return 0;
        case "lenet-mnist": LenetMnist.Run(quick); return 0;
        case "gan-mnist": GanMnist.Run(quick); return 0;
        case "autoencoder-mnist": AutoencoderMnist.Run(quick, rest.FirstOrDefault()); return 0;
        case "stacked-mnist": StackedMnist.Run(quick, rest.FirstOrDefault()); return 0;
        case "stroke-digits": StrokeDigitsCommand.Run(quick); return 0;
        case "dead-leaves": DeadLeavesCommand.Run(quick); return 0;
        case "features": FeaturesCommand.Run(quick); return 0;
        case "hopfield-capacity": HopfieldCapacityCommand.Run(quick, rest); return 0;
        case "hopfield-tank": HopfieldTankCommand.Run(quick); return 0;
        case "grade-class": GradeClassCommand.Run(quick); return 0;
        default:
            Console.Error.WriteLine(
                $"""
                {(command == "" ? "No command" : $"The command '{command}'")} given; expected one of

                  peak                  the machine: FMA peak on 1 and 2 threads, memory bandwidth
                  gemm [size...]        matrix products against libtorch and MathNet, and their share of the peak
                  train [workload...]   training steps against libtorch: {string.Join(", ", TrainCommand.Workloads.Select(workload => workload.Name))}
                  cold                  the first steps of a fresh process
                  mnist-mlp             test error of a network with two hidden layers on MNIST, mean of 3 seeds
                  lenet-mnist           test error of LeNet-5 on MNIST, mean of 3 seeds, and once with distorted training images
                  gan-mnist             Parzen log-likelihood of MNIST's test set under a generator's samples
                  autoencoder-mnist [random|pre-trained]
                                        squared error of 30 numbers an image, deep autoencoder against principal components
                  stacked-mnist [autoencoder|dbn]
                                        test error of networks whose layers were first learned without labels
                  stroke-digits         how fast the course's digits are drawn, and how hard they are
                  dead-leaves           how many filters learned from dead-leaves pictures are Gabor functions
                  features              a linear classifier on MNIST's pixels, on orientation histograms, and on learned features
                  hopfield-capacity [N...]  the load at which recall breaks, by the number of units
                  hopfield-tank         the tours of 200 starts on 10 cities, and what the constants do to them
                  grade-class           200 submissions of a homework graded in one go; killed half-way and gone on with

                and --quick for a run of under a minute.
                """);
            return 2;
    }
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Format</name>
    <message>
        <source>under 1 s</source>
        <translation>不到 1 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 B</source>
        <comment>billions, of parameters</comment>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <comment>millions, of parameters</comment>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>attention input (q, k, v)</source>
        <translation>注意力输入 (q, k, v)</translation>
    </message>
    <message>
        <source>output projection input (o)</source>
        <translation>输出投影输入 (o)</translation>
    </message>
    <message>
        <source>MLP input (gate, up)</source>
        <translation>MLP 输入 (gate, up)</translation>
    </message>
    <message>
        <source>down projection input (down)</source>
        <translation>下投影输入 (down)</translation>
    </message>
    <message>
        <source>shared expert: %1</source>
        <translation>共享专家：%1</translation>
    </message>
    <message>
        <source>expert %1: %2</source>
        <translation>专家 %1：%2</translation>
    </message>
    <message>
        <source>latent of the queries (q_b)</source>
        <translation>查询的潜变量 (q_b)</translation>
    </message>
    <message>
        <source>latent of keys and values (kv_b)</source>
        <translation>键和值的潜变量 (kv_b)</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>config.json and the weights do not belong together; fetch the model again.</source>
        <translation>config.json 与权重不匹配；请重新获取模型。</translation>
    </message>
    <message>
        <source>The tensor is missing, but config.json asks for it</source>
        <translation>缺少 config.json 所要求的张量</translation>
    </message>
    <message>
        <source>The tensor has the shape %1, but config.json asks for %2</source>
        <translation>张量的形状为 %1，而 config.json 要求 %2</translation>
    </message>
    <message>
        <source>The tensor holds %1 where numbers of floating type are expected</source>
        <translation>张量存放的是 %1，此处应为浮点类型的数</translation>
    </message>
    <message>
        <source>The checkpoint holds layer %1, but config.json has only %2 layers</source>
        <translation>检查点含有第 %1 层，而 config.json 只有 %2 层</translation>
    </message>
    <message>
        <source>The tensor has no place in %1 with this config.json; leaving it out would change the result</source>
        <translation>按此 config.json，该张量在 %1 中没有位置；舍弃它会改变结果</translation>
    </message>
    <message>
        <source>%1 is %2 where %3 is expected</source>
        <translation>%1 为 %2，应为 %3</translation>
    </message>
    <message>
        <source>Fetch config.json again or correct it.</source>
        <translation>请重新获取 config.json 或予以更正。</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>Fetch config.json again; it may be cut short or belong to another program.</source>
        <translation>请重新获取 config.json；它可能不完整，或属于其他程序。</translation>
    </message>
    <message>
        <source>Octavo does not know how to run a model with %1 = %2</source>
        <translation>Octavo 不知道如何运行 %1 = %2 的模型</translation>
    </message>
    <message>
        <source>Data-free schemes such as FP8_DYNAMIC work for any architecture. If you are sure that this key does not change what the model computes, remove it from a copy of config.json.</source>
        <translation>FP8_DYNAMIC 等无需数据的方案适用于任何架构。如果确定此键不影响模型的计算，请在 config.json 的副本中将其删除。</translation>
    </message>
    <message>
        <source>The architecture %1 is not known</source>
        <translation>未知的架构 %1</translation>
    </message>
    <message>
        <source>Octavo runs %1. Data-free schemes such as FP8_DYNAMIC work for any architecture.</source>
        <translation>Octavo 可运行 %1。FP8_DYNAMIC 等无需数据的方案适用于任何架构。</translation>
    </message>
    <message>
        <source>Tensor %1 has %2 rows</source>
        <translation>张量 %1 有 %2 行</translation>
    </message>
    <message>
        <source>Free some space or choose another folder, then repeat.</source>
        <translation>请释放一些空间或选择其他文件夹，然后重试。</translation>
    </message>
    <message>
        <source>Check that the path exists and that you may use it.</source>
        <translation>请检查路径是否存在以及是否有权使用。</translation>
    </message>
    <message>
        <source>The file is larger than the limit of %1 bytes</source>
        <translation>文件超过 %1 字节的上限</translation>
    </message>
    <message>
        <source>The free space could not be read: %1</source>
        <translation>无法读取可用空间：%1</translation>
    </message>
    <message>
        <source>The JSON is nested more than %1 deep</source>
        <translation>JSON 的嵌套深度超过 %1</translation>
    </message>
    <message>
        <source>Use a file that was not tampered with.</source>
        <translation>请使用未被篡改的文件。</translation>
    </message>
    <message>
        <source>This is not valid JSON (byte %1)</source>
        <translation>不是有效的 JSON（第 %1 字节）</translation>
    </message>
    <message>
        <source>Mend the file at this line or replace it with an intact copy.</source>
        <translation>请修正文件的这一行，或换用完好的副本。</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>缺少该文件</translation>
    </message>
    <message>
        <source>Check the path and that the folder is complete.</source>
        <translation>请检查路径以及文件夹是否完整。</translation>
    </message>
    <message>
        <source>The file is larger than the %1 bytes that such a file may have</source>
        <translation>文件超过此类文件的上限 %1 字节</translation>
    </message>
    <message>
        <source>The file %1 of the installation is missing</source>
        <translation>安装中缺少文件 %1</translation>
    </message>
    <message>
        <source>Install Octavo again, or set OCTAVO_RESOURCES to its resources folder.</source>
        <translation>请重新安装 Octavo，或将 OCTAVO_RESOURCES 设为其 resources 文件夹。</translation>
    </message>
    <message>
        <source>%1 = %2 is out of range</source>
        <translation>%1 = %2 超出范围</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>请重新获取该文件。</translation>
    </message>
    <message>
        <source>The tensor has no place in a llama model</source>
        <translation>该张量在 llama 模型中没有位置</translation>
    </message>
    <message>
        <source>Fetch the original model that the GGUF was made from.</source>
        <translation>请获取制作此 GGUF 所用的原始模型。</translation>
    </message>
    <message>
        <source>llama.block_count = %1 is more than the file has tensors</source>
        <translation>llama.block_count = %1 超过了文件中的张量数</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape contradicts the sizes in the header</source>
        <translation>张量的形状与文件头中的尺寸矛盾</translation>
    </message>
    <message>
        <source>The tensor is missing</source>
        <translation>缺少该张量</translation>
    </message>
    <message>
        <source>The sizes of the attention heads contradict each other</source>
        <translation>注意力头的各项尺寸相互矛盾</translation>
    </message>
    <message>
        <source>The folder could not be made: %1</source>
        <translation>无法创建文件夹：%1</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>The folder exists already</source>
        <translation>文件夹已存在</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>请选择新的文件夹。</translation>
    </message>
    <message>
        <source>Fetch the file again; compare its size with the one at its source.</source>
        <translation>请重新获取该文件，并与来源处的文件大小比较。</translation>
    </message>
    <message>
        <source>The file is cut off at byte %1</source>
        <translation>文件在第 %1 字节处被截断</translation>
    </message>
    <message>
        <source>The number %1 is too large</source>
        <translation>数值 %1 过大</translation>
    </message>
    <message>
        <source>The value type %1 is not known</source>
        <translation>未知的值类型 %1</translation>
    </message>
    <message>
        <source>Arrays of the value type %1 are not supported</source>
        <translation>不支持值类型为 %1 的数组</translation>
    </message>
    <message>
        <source>An array claims %1 entries, more than the file holds</source>
        <translation>某数组声称有 %1 个条目，超出文件内容</translation>
    </message>
    <message>
        <source>The tensor has %1 dimensions</source>
        <translation>张量有 %1 个维度</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape is out of range</source>
        <translation>张量的形状超出范围</translation>
    </message>
    <message>
        <source>The tensor is stored as ggml type %1, which is not supported</source>
        <translation>张量以 ggml 类型 %1 存储，该类型不受支持</translation>
    </message>
    <message>
        <source>Use a GGUF file in F32, F16, BF16, Q4_0, Q4_1 or Q8_0.</source>
        <translation>请使用 F32、F16、BF16、Q4_0、Q4_1 或 Q8_0 的 GGUF 文件。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>This is not a GGUF file</source>
        <translation>不是 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF version %1 is not supported</source>
        <translation>不支持 GGUF 版本 %1</translation>
    </message>
    <message>
        <source>The file claims %1 tensors and %2 values</source>
        <translation>文件声称有 %1 个张量和 %2 个值</translation>
    </message>
    <message>
        <source>The key %1 occurs twice</source>
        <translation>键 %1 出现两次</translation>
    </message>
    <message>
        <source>The tensor occurs twice</source>
        <translation>张量出现两次</translation>
    </message>
    <message>
        <source>The alignment %1 is out of range</source>
        <translation>对齐值 %1 超出范围</translation>
    </message>
    <message>
        <source>The tensor&apos;s data lies outside of the file</source>
        <translation>张量的数据位于文件之外</translation>
    </message>
    <message>
        <source>The value of %1 has an unexpected type</source>
        <translation>%1 的值类型不符</translation>
    </message>
    <message>
        <source>The key %1 is missing</source>
        <translation>缺少键 %1</translation>
    </message>
    <message>
        <source>Octavo cannot convert a GGUF file with %1 = %2</source>
        <translation>Octavo 无法转换 %1 = %2 的 GGUF 文件</translation>
    </message>
    <message>
        <source>The tokenizer holds a text that is not valid UTF-8</source>
        <translation>分词器含有不是有效 UTF-8 的文本</translation>
    </message>
    <message>
        <source>%1 = %2 is not a token</source>
        <translation>%1 = %2 不是 token</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s lists differ in length</source>
        <translation>分词器的各列表长度不一</translation>
    </message>
    <message>
        <source>The token %1 occurs twice</source>
        <translation>token %1 出现两次</translation>
    </message>
    <message>
        <source>The merge %1 does not name two pieces</source>
        <translation>合并规则 %1 未指明两个片段</translation>
    </message>
    <message>
        <source>This is not a folder</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>The model folder does not exist</source>
        <translation>模型文件夹不存在</translation>
    </message>
    <message>
        <source>Give the folder that holds config.json and the *.safetensors files.</source>
        <translation>请指定包含 config.json 与 *.safetensors 文件的文件夹。</translation>
    </message>
    <message>
        <source>The folder has no config.json</source>
        <translation>文件夹中没有 config.json</translation>
    </message>
    <message>
        <source>Give the folder of a Hugging Face model: config.json with its *.safetensors files.</source>
        <translation>请指定 Hugging Face 模型的文件夹：包含 config.json 及其 *.safetensors 文件。</translation>
    </message>
    <message>
        <source>config.json is a link to a file that does not exist</source>
        <translation>config.json 是一个链接，其指向的文件不存在</translation>
    </message>
    <message>
        <source>Download the model again.</source>
        <translation>请重新下载模型。</translation>
    </message>
    <message>
        <source>config.json is not a JSON object</source>
        <translation>config.json 不是 JSON 对象</translation>
    </message>
    <message>
        <source>Replace it with an intact copy.</source>
        <translation>请换用完好的副本。</translation>
    </message>
    <message>
        <source>The tensor is in %1 and again in this file</source>
        <translation>该张量在 %1 中，又在此文件中出现</translation>
    </message>
    <message>
        <source>Remove the shard that does not belong to the model.</source>
        <translation>请移除不属于此模型的分片。</translation>
    </message>
    <message>
        <source>The index says that the tensor is in this file, but it is not</source>
        <translation>索引称该张量在此文件中，实际并不在</translation>
    </message>
    <message>
        <source>Fetch the file and its index again.</source>
        <translation>请重新获取该文件及其索引。</translation>
    </message>
    <message>
        <source>The model holds no tensors</source>
        <translation>模型不含任何张量</translation>
    </message>
    <message>
        <source>Fetch the model again.</source>
        <translation>请重新获取模型。</translation>
    </message>
    <message>
        <source>Check that the model folder is complete and that config.json belongs to it.</source>
        <translation>请检查模型文件夹是否完整，以及 config.json 是否属于该模型。</translation>
    </message>
    <message>
        <source>The folder could not be read: %1</source>
        <translation>无法读取文件夹：%1</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请检查是否有读取权限。</translation>
    </message>
    <message>
        <source>The file is cut off: %1 bytes are too few for a safetensors file</source>
        <translation>文件被截断：%1 字节不足以构成 safetensors 文件</translation>
    </message>
    <message>
        <source>The header claims %1 bytes, more than the %2 that the format allows</source>
        <translation>文件头声称有 %1 字节，超过格式允许的 %2</translation>
    </message>
    <message>
        <source>The file is cut off: its header claims %1 bytes, but only %2 follow</source>
        <translation>文件被截断：文件头声称有 %1 字节，其后却只有 %2</translation>
    </message>
    <message>
        <source>The tensor&apos;s type and shape need %1 bytes, but its data is said to lie from %2 to %3</source>
        <translation>按张量的类型与形状需要 %1 字节，但其数据标注为从 %2 到 %3</translation>
    </message>
    <message>
        <source>The tensor&apos;s data ends at byte %1, but the file holds only %2 bytes of data</source>
        <translation>张量的数据止于第 %1 字节，而文件只有 %2 字节的数据</translation>
    </message>
    <message>
        <source>The tensor&apos;s data overlaps that of %1</source>
        <translation>张量的数据与 %1 的数据重叠</translation>
    </message>
    <message>
        <source>%1 bytes in front of the tensor&apos;s data belong to no tensor</source>
        <translation>张量数据之前有 %1 字节不属于任何张量</translation>
    </message>
    <message>
        <source>%1 bytes at the end of the file belong to no tensor</source>
        <translation>文件末尾有 %1 字节不属于任何张量</translation>
    </message>
    <message>
        <source>The weight file is missing</source>
        <translation>缺少权重文件</translation>
    </message>
    <message>
        <source>Check that the model folder is complete.</source>
        <translation>请检查模型文件夹是否完整。</translation>
    </message>
    <message>
        <source>%1 in the header is negative</source>
        <translation>文件头中的 %1 为负数</translation>
    </message>
    <message>
        <source>%1 in the header is not a whole number of 64 bits</source>
        <translation>文件头中的 %1 不是 64 位整数</translation>
    </message>
    <message>
        <source>The tensor has more than %1 dimensions</source>
        <translation>张量的维度超过 %1 个</translation>
    </message>
    <message>
        <source>The dimension %1 is too large</source>
        <translation>维度 %1 过大</translation>
    </message>
    <message>
        <source>data_offsets has more than two numbers</source>
        <translation>data_offsets 多于两个数</translation>
    </message>
    <message>
        <source>The tensor&apos;s type %1 is not supported</source>
        <translation>不支持张量的类型 %1</translation>
    </message>
    <message>
        <source>The header has an unknown key %1</source>
        <translation>文件头含有未知的键 %1</translation>
    </message>
    <message>
        <source>The header is not valid JSON (byte %1)</source>
        <translation>文件头不是有效的 JSON（第 %1 字节）</translation>
    </message>
    <message>
        <source>The header names the tensor twice</source>
        <translation>文件头两次列出该张量</translation>
    </message>
    <message>
        <source>The header lacks dtype, shape or data_offsets of the tensor</source>
        <translation>文件头缺少该张量的 dtype、shape 或 data_offsets</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape overflows 64 bits</source>
        <translation>张量的形状超出 64 位</translation>
    </message>
    <message>
        <source>The header does not have the form of safetensors</source>
        <translation>文件头不符合 safetensors 的格式</translation>
    </message>
    <message>
        <source>Fetch the file again or save the model anew; it does not follow the safetensors format.</source>
        <translation>请重新获取该文件或重新保存模型；它不符合 safetensors 格式。</translation>
    </message>
    <message>
        <source>A tensor would be written twice</source>
        <translation>某个张量将被写入两次</translation>
    </message>
    <message>
        <source>The file has no place for this tensor</source>
        <translation>文件中没有此张量的位置</translation>
    </message>
    <message>
        <source>%1 bytes are written to a tensor of %2</source>
        <translation>向 %2 字节的张量写入了 %1 字节</translation>
    </message>
    <message>
        <source>Only %1 of the tensor&apos;s %2 bytes were written</source>
        <translation>张量的 %2 字节只写入了 %1 字节</translation>
    </message>
    <message>
        <source>The index has no weight_map</source>
        <translation>索引没有 weight_map</translation>
    </message>
    <message>
        <source>The index has two weight_maps</source>
        <translation>索引有两个 weight_map</translation>
    </message>
    <message>
        <source>The index names the tensor twice</source>
        <translation>索引两次列出该张量</translation>
    </message>
    <message>
        <source>The index is not valid JSON (byte %1)</source>
        <translation>索引不是有效的 JSON（第 %1 字节）</translation>
    </message>
    <message>
        <source>Fetch the index again.</source>
        <translation>请重新获取索引。</translation>
    </message>
    <message>
        <source>The index is nested too deep</source>
        <translation>索引嵌套过深</translation>
    </message>
    <message>
        <source>The index does not name a file for the tensor</source>
        <translation>索引未给出该张量所在的文件</translation>
    </message>
    <message>
        <source>The index is not a JSON object</source>
        <translation>索引不是 JSON 对象</translation>
    </message>
    <message>
        <source>The index names the file %1, which does not lie in the model folder</source>
        <translation>索引列出的文件 %1 不在模型文件夹中</translation>
    </message>
    <message>
        <source>Do not use this model: intact indexes name plain files only.</source>
        <translation>请勿使用此模型：完好的索引只列出普通文件。</translation>
    </message>
    <message>
        <source>The index names the file %1, which is not a safetensors file</source>
        <translation>索引列出的文件 %1 不是 safetensors 文件</translation>
    </message>
    <message>
        <source>Fetch the model in safetensors format.</source>
        <translation>请获取 safetensors 格式的模型。</translation>
    </message>
    <message>
        <source>The index is missing or too large</source>
        <translation>索引缺失或过大</translation>
    </message>
    <message>
        <source>The index names %1, which is missing</source>
        <translation>索引列出的 %1 不存在</translation>
    </message>
    <message>
        <source>Fetch the missing file; the download may have been interrupted.</source>
        <translation>请获取缺少的文件；下载可能曾中断。</translation>
    </message>
    <message>
        <source>The weights are pickled (PyTorch .bin or .pt): such files can run any program when they are opened, so Octavo does not open them</source>
        <translation>权重为 pickle 格式（PyTorch .bin 或 .pt）：此类文件打开时可以运行任意程序，因此 Octavo 不会打开它们</translation>
    </message>
    <message>
        <source>Fetch the safetensors version of the model, or convert it on a machine you can spare: transformers&apos; save_pretrained writes safetensors.</source>
        <translation>请获取模型的 safetensors 版本，或在一台不重要的机器上转换：transformers 的 save_pretrained 可写出 safetensors。</translation>
    </message>
    <message>
        <source>The folder holds a GGUF file, not safetensors</source>
        <translation>文件夹中是 GGUF 文件，而非 safetensors</translation>
    </message>
    <message>
        <source>The folder has no *.safetensors file</source>
        <translation>文件夹中没有 *.safetensors 文件</translation>
    </message>
    <message>
        <source>Give the folder of a Hugging Face model whose download is complete.</source>
        <translation>请指定已下载完整的 Hugging Face 模型的文件夹。</translation>
    </message>
    <message>
        <source>There is no %1, and the *.safetensors files are not one complete set</source>
        <translation>没有 %1，且 *.safetensors 文件不是完整的一套</translation>
    </message>
    <message>
        <source>Fetch the model again; %1 is missing or a shard is.</source>
        <translation>请重新获取模型；缺少 %1 或某个分片。</translation>
    </message>
    <message>
        <source>The folder holds %1 and an index that does not name it: programs would not agree which weights are meant</source>
        <translation>文件夹中有 %1，另有一个未列出它的索引：各程序对应使用哪些权重会有分歧</translation>
    </message>
    <message>
        <source>Remove the one that is out of date.</source>
        <translation>请移除过时的那一个。</translation>
    </message>
    <message>
        <source>The file is a link that leads out of the model folder</source>
        <translation>该文件是指向模型文件夹之外的链接</translation>
    </message>
    <message>
        <source>Replace the link with the file it stands for, if you trust it.</source>
        <translation>如果信任链接所指的文件，请用它替换该链接。</translation>
    </message>
    <message>
        <source>The tensor does not have the shape or type of its scheme %1</source>
        <translation>张量的形状或类型与其方案 %1 不符</translation>
    </message>
    <message>
        <source>Verify the folder; it may be damaged or made by another tool.</source>
        <translation>请验证该文件夹；它可能已损坏，或由其他工具生成。</translation>
    </message>
    <message>
        <source>The output cannot be a whole file system</source>
        <translation>输出不能是整个文件系统</translation>
    </message>
    <message>
        <source>Name a new folder.</source>
        <translation>请指定新的文件夹。</translation>
    </message>
    <message>
        <source>The output lies inside the model folder</source>
        <translation>输出位于模型文件夹之内</translation>
    </message>
    <message>
        <source>Choose a folder outside of it.</source>
        <translation>请选择其外的文件夹。</translation>
    </message>
    <message>
        <source>The model folder lies inside the output</source>
        <translation>模型文件夹位于输出之内</translation>
    </message>
    <message>
        <source>Choose another output folder.</source>
        <translation>请选择其他输出文件夹。</translation>
    </message>
    <message>
        <source>The output exists and is not a folder</source>
        <translation>输出已存在，且不是文件夹</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择其他名称。</translation>
    </message>
    <message>
        <source>The output folder exists already</source>
        <translation>输出文件夹已存在</translation>
    </message>
    <message>
        <source>Choose another name, or allow overwriting (--overwrite).</source>
        <translation>请选择其他名称，或允许覆盖 (--overwrite)。</translation>
    </message>
    <message>
        <source>The output folder exists and does not hold a model</source>
        <translation>输出文件夹已存在，且其中不是模型</translation>
    </message>
    <message>
        <source>Choose another folder: overwriting would delete its contents.</source>
        <translation>请选择其他文件夹：覆盖会删除其中的内容。</translation>
    </message>
    <message>
        <source>The output folder cannot be created: %1</source>
        <translation>无法创建输出文件夹：%1</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>请选择有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>Free some space or choose a folder on another disk.</source>
        <translation>请释放一些空间，或选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>The folder above the output cannot be created: %1</source>
        <translation>无法创建输出的上级文件夹：%1</translation>
    </message>
    <message>
        <source>The output folder appeared while the export was written</source>
        <translation>写出导出结果期间，输出文件夹已出现</translation>
    </message>
    <message>
        <source>Choose another name and repeat.</source>
        <translation>请选择其他名称并重试。</translation>
    </message>
    <message>
        <source>%1 has no weight of its own, so it cannot be quantized</source>
        <translation>%1 没有自己的权重，因此无法量化</translation>
    </message>
    <message>
        <source>Add it to the recipe&apos;s ignore list (a head that shares the embedding&apos;s weight stays as it is).</source>
        <translation>请将其加入配方的忽略列表（与嵌入共享权重的输出头保持原样）。</translation>
    </message>
    <message>
        <source>The tensor does not have the shape that the configuration says</source>
        <translation>张量的形状与配置不符</translation>
    </message>
    <message>
        <source>The model has a tensor of a name that the export needs</source>
        <translation>模型中有一个张量占用了导出所需的名称</translation>
    </message>
    <message>
        <source>It may be quantized already.</source>
        <translation>它可能已经量化。</translation>
    </message>
    <message>
        <source>The tensor does not belong into the export, or was written twice</source>
        <translation>该张量不属于导出结果，或被写入两次</translation>
    </message>
    <message>
        <source>The tensor has %1 bytes instead of %2</source>
        <translation>张量有 %1 字节，应为 %2</translation>
    </message>
    <message>
        <source>A quantized tensor was never written</source>
        <translation>某个量化张量始终没有写出</translation>
    </message>
    <message>
        <source>A matrix was written for a module that stays as it is</source>
        <translation>为保持原样的模块写入了矩阵</translation>
    </message>
    <message>
        <source>The matrix has %1 tensors instead of %2</source>
        <translation>矩阵有 %1 个张量，应为 %2 个</translation>
    </message>
    <message>
        <source>The matrix lacks a tensor of its scheme</source>
        <translation>矩阵缺少其方案的某个张量</translation>
    </message>
    <message>
        <source>An export was published before it was complete</source>
        <translation>导出在完成之前就已发布</translation>
    </message>
    <message>
        <source>The folder was damaged or comes from a tool that Octavo does not know.</source>
        <translation>该文件夹已损坏，或来自 Octavo 不了解的工具。</translation>
    </message>
    <message>
        <source>The quantization arguments are not an object</source>
        <translation>量化参数不是对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a list</source>
        <translation>“%1”不是列表</translation>
    </message>
    <message>
        <source>&quot;%1&quot; holds something that is not a text</source>
        <translation>“%1”含有不是文本的内容</translation>
    </message>
    <message>
        <source>The group %1 is not an object</source>
        <translation>组 %1 不是对象</translation>
    </message>
    <message>
        <source>The group %1 has no targets</source>
        <translation>组 %1 没有 targets</translation>
    </message>
    <message>
        <source>The group %1 says nothing about weights</source>
        <translation>组 %1 没有关于权重的内容</translation>
    </message>
    <message>
        <source>The group %1 has no format that holds quantized weights (&quot;%2&quot;)</source>
        <translation>组 %1 没有可存放量化权重的格式（“%2”）</translation>
    </message>
    <message>
        <source>The quantization configuration is not an object</source>
        <translation>量化配置不是对象</translation>
    </message>
    <message>
        <source>The model is quantized by the method &quot;%1&quot;</source>
        <translation>模型是用方法“%1”量化的</translation>
    </message>
    <message>
        <source>Octavo reads compressed-tensors only.</source>
        <translation>Octavo 只读取 compressed-tensors。</translation>
    </message>
    <message>
        <source>The quantization configuration has no groups</source>
        <translation>量化配置没有组</translation>
    </message>
    <message>
        <source>This version cannot read such a folder.</source>
        <translation>此版本无法读取这样的文件夹。</translation>
    </message>
    <message>
        <source>The configuration describes the tensors that are there</source>
        <translation>配置与现有张量相符</translation>
    </message>
    <message>
        <source>The architecture is not known here; matrices were found by their names</source>
        <translation>此处不了解该架构；矩阵按名称查找</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The folder could not be verified to the end: %1</source>
        <translation>文件夹未能验证完毕：%1</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>请重新导出。</translation>
    </message>
    <message>
        <source>Export the folder again; vLLM would refuse it.</source>
        <translation>请重新导出该文件夹；vLLM 会拒绝它。</translation>
    </message>
    <message>
        <source>%1.%2 has the key &quot;%3&quot;, which loaders refuse</source>
        <translation>%1.%2 含有加载程序会拒绝的键“%3”</translation>
    </message>
    <message>
        <source>%1.%2 asks for the activation order %3, which is not served any more</source>
        <translation>%1.%2 要求激活顺序 %3，该顺序已不再受支持</translation>
    </message>
    <message>
        <source>Quantize with a static order or none.</source>
        <translation>请采用静态顺序或不采用顺序进行量化。</translation>
    </message>
    <message>
        <source>The group %1 has the key &quot;%2&quot;, which loaders refuse</source>
        <translation>组 %1 含有加载程序会拒绝的键“%2”</translation>
    </message>
    <message>
        <source>The cache scheme is one that vLLM takes</source>
        <translation>缓存方案可被 vLLM 接受</translation>
    </message>
    <message>
        <source>quant_method is %1 instead of &quot;compressed-tensors&quot;</source>
        <translation>quant_method 是 %1，应为 &quot;compressed-tensors&quot;</translation>
    </message>
    <message>
        <source>The quantization method is compressed-tensors</source>
        <translation>量化方法是 compressed-tensors</translation>
    </message>
    <message>
        <source>The format %1 is unknown</source>
        <translation>未知的格式 %1</translation>
    </message>
    <message>
        <source>The quantization status is %1 instead of &quot;compressed&quot;</source>
        <translation>量化状态是 %1，应为 &quot;compressed&quot;</translation>
    </message>
    <message>
        <source>The weights are marked as compressed</source>
        <translation>权重已标记为压缩</translation>
    </message>
    <message>
        <source>Sparse formats are no longer served by vLLM</source>
        <translation>vLLM 已不再支持稀疏格式</translation>
    </message>
    <message>
        <source>Quantize the model without sparsity.</source>
        <translation>请以非稀疏方式量化模型。</translation>
    </message>
    <message>
        <source>No sparse format</source>
        <translation>没有稀疏格式</translation>
    </message>
    <message>
        <source>The group %1 is stored as %2, but its numbers belong into %3</source>
        <translation>组 %1 存为 %2，但其数值应属于 %3</translation>
    </message>
    <message>
        <source>The configuration has no groups: nothing would be loaded as quantized</source>
        <translation>配置没有组：不会有任何内容按量化加载</translation>
    </message>
    <message>
        <source>The group %1 has no format, though the model mixes several</source>
        <translation>组 %1 没有格式，而模型混用了多种格式</translation>
    </message>
    <message>
        <source>The group %1 cannot be used: %2</source>
        <translation>组 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>config.json has no quantization_config: loaders would take the codes for 16-bit weights</source>
        <translation>config.json 没有 quantization_config：加载程序会把编码值当作 16 位权重</translation>
    </message>
    <message>
        <source>Export the folder again, or verify a quantized one.</source>
        <translation>请重新导出该文件夹，或验证已量化的文件夹。</translation>
    </message>
    <message>
        <source>config.json says that the model is quantized</source>
        <translation>config.json 说明模型已量化</translation>
    </message>
    <message>
        <source>config.json names no architecture</source>
        <translation>config.json 未给出架构</translation>
    </message>
    <message>
        <source>Copy &quot;architectures&quot; from the original config.json.</source>
        <translation>请从原始 config.json 复制 &quot;architectures&quot;。</translation>
    </message>
    <message>
        <source>config.json names the architecture</source>
        <translation>config.json 给出了架构</translation>
    </message>
    <message>
        <source>It is not a text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>The entry %1 of &quot;ignore&quot; cannot be used: %2</source>
        <translation>&quot;ignore&quot; 中的条目 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>No keys that loaders refuse</source>
        <translation>没有加载程序会拒绝的键</translation>
    </message>
    <message>
        <source>No activation order that is not served</source>
        <translation>没有不受支持的激活顺序</translation>
    </message>
    <message>
        <source>The format is %1</source>
        <translation>格式为 %1</translation>
    </message>
    <message>
        <source>Export the folder again.</source>
        <translation>请重新导出该文件夹。</translation>
    </message>
    <message>
        <source>One file of tensors, no index needed</source>
        <translation>只有一个张量文件，不需要索引</translation>
    </message>
    <message>
        <source>The index says that %1 is in %2, which is not there</source>
        <translation>索引称 %1 在 %2 中，但那里并没有</translation>
    </message>
    <message>
        <source>The index does not know %1</source>
        <translation>索引中没有 %1</translation>
    </message>
    <message>
        <source>The index gives %1 bytes for tensors of %2 bytes</source>
        <translation>索引给出的大小为 %1 字节，而张量共 %2 字节</translation>
    </message>
    <message>
        <source>The index names every tensor and file</source>
        <translation>索引列出了所有张量与文件</translation>
    </message>
    <message>
        <source>%1 does not belong to the model, but loaders may read it</source>
        <translation>%1 不属于模型，但加载程序可能会读取它</translation>
    </message>
    <message>
        <source>Move the file out of the folder.</source>
        <translation>请将该文件移出文件夹。</translation>
    </message>
    <message>
        <source>No file of tensors besides the model&apos;s</source>
        <translation>除模型自身之外没有其他张量文件</translation>
    </message>
    <message>
        <source>The tokenizer loads (%1 ids)</source>
        <translation>分词器可以加载（%1 个 id）</translation>
    </message>
    <message>
        <source>There is no tokenizer.json or tokenizer.model</source>
        <translation>没有 tokenizer.json 或 tokenizer.model</translation>
    </message>
    <message>
        <source>Serve with --tokenizer, or copy the original&apos;s files.</source>
        <translation>部署时请使用 --tokenizer，或复制原模型的文件。</translation>
    </message>
    <message>
        <source>The tokenizer does not load: %1</source>
        <translation>分词器无法加载：%1</translation>
    </message>
    <message>
        <source>Copy the tokenizer files of the original model.</source>
        <translation>请复制原模型的分词器文件。</translation>
    </message>
    <message>
        <source>No generation configuration: loaders use their defaults</source>
        <translation>没有生成配置：加载程序使用各自的默认值</translation>
    </message>
    <message>
        <source>generation_config.json is not a JSON object</source>
        <translation>generation_config.json 不是 JSON 对象</translation>
    </message>
    <message>
        <source>The generation configuration can be read</source>
        <translation>生成配置可以读取</translation>
    </message>
    <message>
        <source>Copy generation_config.json of the original model, or remove it.</source>
        <translation>请复制原模型的 generation_config.json，或将其移除。</translation>
    </message>
    <message>
        <source>The target &quot;%1&quot; of %2 matches no matrix</source>
        <translation>%2 的目标“%1”不匹配任何矩阵</translation>
    </message>
    <message>
        <source>Check the names; the matrices meant may be loaded as 16-bit.</source>
        <translation>请检查名称；所指的矩阵可能会按 16 位加载。</translation>
    </message>
    <message>
        <source>Every target matches</source>
        <translation>每个目标都有匹配</translation>
    </message>
    <message>
        <source>The entry &quot;%1&quot; of &quot;ignore&quot; matches no matrix (class names do not count there)</source>
        <translation>&quot;ignore&quot; 中的条目“%1”不匹配任何矩阵（类名在此无效）</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>请检查名称。</translation>
    </message>
    <message>
        <source>Every entry of &quot;ignore&quot; matches</source>
        <translation>&quot;ignore&quot; 的每个条目都有匹配</translation>
    </message>
    <message>
        <source>No matrix is quantized by this configuration</source>
        <translation>此配置没有量化任何矩阵</translation>
    </message>
    <message>
        <source>%1 and %2 are one matrix in vLLM, but their schemes differ</source>
        <translation>%1 与 %2 在 vLLM 中是同一个矩阵，但方案不同</translation>
    </message>
    <message>
        <source>Give both the same scheme.</source>
        <translation>请为二者指定同一方案。</translation>
    </message>
    <message>
        <source>Matrices that vLLM fuses share one scheme</source>
        <translation>vLLM 融合的矩阵共用一个方案</translation>
    </message>
    <message>
        <source>The router %1 is quantized</source>
        <translation>路由器 %1 被量化</translation>
    </message>
    <message>
        <source>Add it to the ignore list.</source>
        <translation>请将其加入忽略列表。</translation>
    </message>
    <message>
        <source>The head is tied to the embedding, but has tensors of a quantized matrix</source>
        <translation>输出头与嵌入共享权重，却带有量化矩阵的张量</translation>
    </message>
    <message>
        <source>Ignore lm_head when quantizing.</source>
        <translation>量化时请忽略 lm_head。</translation>
    </message>
    <message>
        <source>The head is tied to the embedding, but is not ignored</source>
        <translation>输出头与嵌入共享权重，但未被忽略</translation>
    </message>
    <message>
        <source>Add lm_head to &quot;ignore&quot;.</source>
        <translation>请将 lm_head 加入 &quot;ignore&quot;。</translation>
    </message>
    <message>
        <source>No router is quantized</source>
        <translation>没有路由器被量化</translation>
    </message>
    <message>
        <source>The head is written as the configuration says</source>
        <translation>输出头按配置写出</translation>
    </message>
    <message>
        <source>%1 does not run on %2: %3</source>
        <translation>%1 无法在 %2 上运行：%3</translation>
    </message>
    <message>
        <source>Choose another scheme for this target.</source>
        <translation>请为此目标选择其他方案。</translation>
    </message>
    <message>
        <source>%1 runs natively on %2</source>
        <translation>%1 可在 %2 上原生运行</translation>
    </message>
    <message>
        <source>%1 runs on %2, but not natively: %3</source>
        <translation>%1 可在 %2 上运行，但不是原生：%3</translation>
    </message>
    <message>
        <source>Expect less speed than from a native scheme.</source>
        <translation>速度会低于原生方案。</translation>
    </message>
    <message>
        <source>vLLM has no code for the scheme of %1</source>
        <translation>vLLM 没有用于 %1 方案的代码</translation>
    </message>
    <message>
        <source>Use one of Octavo&apos;s presets.</source>
        <translation>请使用 Octavo 的某个预设。</translation>
    </message>
    <message>
        <source>Octavo does not know how this scheme runs on the target</source>
        <translation>Octavo 不知道此方案在目标上如何运行</translation>
    </message>
    <message>
        <source>Try it with vLLM.</source>
        <translation>请用 vLLM 试一试。</translation>
    </message>
    <message>
        <source>vLLM has code for every scheme</source>
        <translation>vLLM 对每个方案都有代码</translation>
    </message>
    <message>
        <source>No tensor is missing</source>
        <translation>没有缺少张量</translation>
    </message>
    <message>
        <source>Every tensor has the shape of its scheme</source>
        <translation>每个张量的形状都符合其方案</translation>
    </message>
    <message>
        <source>Every tensor has the type of its scheme</source>
        <translation>每个张量的类型都符合其方案</translation>
    </message>
    <message>
        <source>No tensor is there that nobody asks for</source>
        <translation>没有多余的张量</translation>
    </message>
    <message>
        <source>%1 is missing; vLLM would run with whatever is in memory there</source>
        <translation>缺少 %1；vLLM 会使用内存中原有的任意内容</translation>
    </message>
    <message>
        <source>%1 has the shape %2 instead of %3</source>
        <translation>%1 的形状为 %2，应为 %3</translation>
    </message>
    <message>
        <source>%1 holds %2 instead of %3</source>
        <translation>%1 存放的是 %2，应为 %3</translation>
    </message>
    <message>
        <source>The tensors of %1 were not checked: %2</source>
        <translation>%1 的张量未检查：%2</translation>
    </message>
    <message>
        <source>This version does not know the format.</source>
        <translation>此版本不了解该格式。</translation>
    </message>
    <message>
        <source>%1 holds %2, though the configuration leaves it in 16 bit</source>
        <translation>%1 存放的是 %2，而配置将其保留为 16 位</translation>
    </message>
    <message>
        <source>%1 is there, but the configuration does not ask for it</source>
        <translation>%1 存在，但配置并未要求它</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity (element %2)</source>
        <translation>%1 含有 NaN 或无穷大（元素 %2）</translation>
    </message>
    <message>
        <source>%1 holds the scale %2 (element %3)</source>
        <translation>%1 含有缩放因子 %2（元素 %3）</translation>
    </message>
    <message>
        <source>Check the original model and export it again.</source>
        <translation>请检查原始模型并重新导出。</translation>
    </message>
    <message>
        <source>%1 holds the code of NaN (element %2)</source>
        <translation>%1 含有表示 NaN 的编码值（元素 %2）</translation>
    </message>
    <message>
        <source>Every scale is finite</source>
        <translation>所有缩放因子均为有限值</translation>
    </message>
    <message>
        <source>No scale is zero</source>
        <translation>没有为零的缩放因子</translation>
    </message>
    <message>
        <source>No scale is negative</source>
        <translation>没有为负的缩放因子</translation>
    </message>
    <message>
        <source>No code means NaN</source>
        <translation>没有表示 NaN 的编码值</translation>
    </message>
    <message>
        <source>Norms, embeddings and other 16-bit tensors are finite</source>
        <translation>归一化、嵌入及其他 16 位张量均为有限值</translation>
    </message>
    <message>
        <source>The computing library could not be loaded: %1</source>
        <translation>无法加载计算库：%1</translation>
    </message>
    <message>
        <source>Run installer/run again: it fetches LibTorch and builds the library.</source>
        <translation>请再次运行 installer/run：它会获取 LibTorch 并构建该库。</translation>
    </message>
    <message>
        <source>The computing library belongs to another version of Octavo</source>
        <translation>计算库属于另一个版本的 Octavo</translation>
    </message>
    <message>
        <source>Build or install both parts together.</source>
        <translation>请将两部分一起构建或安装。</translation>
    </message>
    <message>
        <source>Compare an export with the model it was made from.</source>
        <translation>请将导出结果与生成它的模型进行比较。</translation>
    </message>
    <message>
        <source>The tokenizer does not belong to this model.</source>
        <translation>分词器不属于此模型。</translation>
    </message>
    <message>
        <source>A sequence length of %1 leaves nothing to score</source>
        <translation>序列长度为 %1 时没有可评分的内容</translation>
    </message>
    <message>
        <source>Use at least 2.</source>
        <translation>至少使用 2。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a BOS convention</source>
        <translation>“%1”不是 BOS 规则</translation>
    </message>
    <message>
        <source>Use auto, window, start or none.</source>
        <translation>请使用 auto、window、start 或 none。</translation>
    </message>
    <message>
        <source>The tokenizer has no BOS token</source>
        <translation>分词器没有 BOS token</translation>
    </message>
    <message>
        <source>Use --bos none.</source>
        <translation>请使用 --bos none。</translation>
    </message>
    <message>
        <source>The text has fewer than two tokens</source>
        <translation>文本不足两个 token</translation>
    </message>
    <message>
        <source>Use a longer text.</source>
        <translation>请使用更长的文本。</translation>
    </message>
    <message>
        <source>No NVIDIA driver is installed (libcuda.so.1 was not found)</source>
        <translation>未安装 NVIDIA 驱动（未找到 libcuda.so.1）</translation>
    </message>
    <message>
        <source>The NVIDIA driver is too old: functions are missing in libcuda.so.1</source>
        <translation>NVIDIA 驱动过旧：libcuda.so.1 中缺少函数</translation>
    </message>
    <message>
        <source>The NVIDIA driver sees no GPU</source>
        <translation>NVIDIA 驱动未发现 GPU</translation>
    </message>
    <message>
        <source>The NVIDIA driver could not be started (CUDA error %1)</source>
        <translation>无法启动 NVIDIA 驱动（CUDA 错误 %1）</translation>
    </message>
    <message>
        <source>The hardware table cannot be read: %1</source>
        <translation>无法读取硬件表：%1</translation>
    </message>
    <message>
        <source>Install Octavo again.</source>
        <translation>请重新安装 Octavo。</translation>
    </message>
    <message>
        <source>%1 is not in the table of what vLLM runs: try it before relying on it</source>
        <translation>%1 不在 vLLM 可运行方案的表中：使用前请先试验</translation>
    </message>
    <message>
        <source>vLLM does not run on compute capability %1</source>
        <translation>vLLM 不能在计算能力 %1 上运行</translation>
    </message>
    <message>
        <source>Compute capability %1 is not in the table (%2): try it before relying on it</source>
        <translation>计算能力 %1 不在表中 (%2)：使用前请先试验</translation>
    </message>
    <message>
        <source>The model holds NaN or infinity in %1 (element %2)</source>
        <translation>模型在 %1 中含有 NaN 或无穷大（元素 %2）</translation>
    </message>
    <message>
        <source>Download the model again; if it is the same then, it is broken at its source.</source>
        <translation>请重新下载模型；若仍然如此，则说明来源本身已损坏。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>The model is quantized already</source>
        <translation>模型已经量化</translation>
    </message>
    <message>
        <source>Start from the original 16-bit model.</source>
        <translation>请从原始的 16 位模型开始。</translation>
    </message>
    <message>
        <source>The architecture is not known; matrices are found by their names</source>
        <translation>未知的架构；矩阵按名称查找</translation>
    </message>
    <message>
        <source>The run folder lies inside the model or the output folder</source>
        <translation>运行文件夹位于模型文件夹或输出文件夹之内</translation>
    </message>
    <message>
        <source>Choose another place for the run folder.</source>
        <translation>请为运行文件夹选择其他位置。</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>Check the path of the calibration data.</source>
        <translation>请检查校准数据的路径。</translation>
    </message>
    <message>
        <source>Nothing was written to the output. Please report this with the run folder.</source>
        <translation>输出中没有写入任何内容。请附上运行文件夹报告此问题。</translation>
    </message>
    <message>
        <source>The run folder could not be completed</source>
        <translation>无法完成运行文件夹</translation>
    </message>
    <message>
        <source>Unknown device %1</source>
        <translation>未知的设备 %1</translation>
    </message>
    <message>
        <source>Use auto, cpu or cuda:N.</source>
        <translation>请使用 auto、cpu 或 cuda:N。</translation>
    </message>
    <message>
        <source>There is no CUDA device %1</source>
        <translation>没有 CUDA 设备 %1</translation>
    </message>
    <message>
        <source>Use --device cpu, or check the driver.</source>
        <translation>请使用 --device cpu，或检查驱动。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a device</source>
        <translation>“%1”不是设备</translation>
    </message>
    <message>
        <source>There is no usable CUDA device</source>
        <translation>没有可用的 CUDA 设备</translation>
    </message>
    <message>
        <source>Check the driver with nvidia-smi, run installer/run again to fetch LibTorch&apos;s CUDA libraries, or use --device cpu.</source>
        <translation>请用 nvidia-smi 检查驱动，再次运行 installer/run 以获取 LibTorch 的 CUDA 库，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>octavo-cli hardware lists the devices.</source>
        <translation>octavo-cli hardware 可列出设备。</translation>
    </message>
    <message>
        <source>The rotary embedding type &quot;%1&quot; is not known</source>
        <translation>未知的旋转位置编码类型“%1”</translation>
    </message>
    <message>
        <source>The weights hold NaN or infinity</source>
        <translation>权重含有 NaN 或无穷大</translation>
    </message>
    <message>
        <source>The checkpoint is damaged or its training diverged: use an intact copy.</source>
        <translation>检查点已损坏，或其训练发散：请使用完好的副本。</translation>
    </message>
    <message>
        <source>%1 bytes cannot hold %2 elements of type %3</source>
        <translation>%1 字节无法容纳 %2 个 %3 类型的元素</translation>
    </message>
    <message>
        <source>Values of type %1 cannot be converted</source>
        <translation>无法转换类型为 %1 的值</translation>
    </message>
    <message>
        <source>Use a checkpoint in bfloat16, float16 or float32.</source>
        <translation>请使用 bfloat16、float16 或 float32 的检查点。</translation>
    </message>
    <message>
        <source>No matrix has the role %1</source>
        <translation>没有角色为 %1 的矩阵</translation>
    </message>
    <message>
        <source>The activations hold NaN or infinity</source>
        <translation>激活含有 NaN 或无穷大</translation>
    </message>
    <message>
        <source>Try shorter samples or another calibration set; the model may overflow in its own precision.</source>
        <translation>请尝试更短的样本或其他校准集；模型在自身精度下可能溢出。</translation>
    </message>
    <message>
        <source>The device ran out of memory: %1</source>
        <translation>设备内存不足：%1</translation>
    </message>
    <message>
        <source>Use fewer or shorter samples, or close other programs.</source>
        <translation>请使用更少或更短的样本，或关闭其他程序。</translation>
    </message>
    <message>
        <source>The CUDA device failed: %1</source>
        <translation>CUDA 设备出错：%1</translation>
    </message>
    <message>
        <source>Check nvidia-smi; repeat, or use --device cpu.</source>
        <translation>请检查 nvidia-smi；重试，或使用 --device cpu。</translation>
    </message>
    <message>
        <source>LibTorch: %1</source>
        <translation>LibTorch：%1</translation>
    </message>
    <message>
        <source>Please report this with the run folder&apos;s log.</source>
        <translation>请附上运行文件夹的日志报告此问题。</translation>
    </message>
    <message>
        <source>%1 has no %2</source>
        <translation>%1 没有 %2</translation>
    </message>
    <message>
        <source>CUDA device %1 failed: %2</source>
        <translation>CUDA 设备 %1 出错：%2</translation>
    </message>
    <message>
        <source>Use --device cpu, or free the device and repeat.</source>
        <translation>请使用 --device cpu，或释放该设备后重试。</translation>
    </message>
    <message>
        <source>This build of Octavo has no CUDA</source>
        <translation>此构建的 Octavo 不含 CUDA</translation>
    </message>
    <message>
        <source>Use --device cpu, or build with CUDA.</source>
        <translation>请使用 --device cpu，或启用 CUDA 进行构建。</translation>
    </message>
    <message>
        <source>The Hessian cannot be factorised, whatever the damping</source>
        <translation>无论阻尼多大，Hessian 都无法分解</translation>
    </message>
    <message>
        <source>Use more or other calibration text, or --solver rtn.</source>
        <translation>请使用更多或其他校准文本，或使用 --solver rtn。</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; is not a usable regular expression: %2</source>
        <translation>模式“%1”不是可用的正则表达式：%2</translation>
    </message>
    <message>
        <source>Correct it; re:.*\.mlp\..* for example matches every matrix of every MLP.</source>
        <translation>请更正；例如 re:.*\.mlp\..* 匹配每个 MLP 的所有矩阵。</translation>
    </message>
    <message>
        <source>A module name is longer than the %1 characters that patterns are matched against</source>
        <translation>某模块名超过了用于模式匹配的 %1 个字符</translation>
    </message>
    <message>
        <source>Name this module exactly instead of using re: patterns.</source>
        <translation>请写出此模块的确切名称，不要使用 re: 模式。</translation>
    </message>
    <message>
        <source>The recipe is not a JSON object</source>
        <translation>配方不是 JSON 对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a JSON object</source>
        <translation>“%1”不是 JSON 对象</translation>
    </message>
    <message>
        <source>Write { … } with the keys: %1.</source>
        <translation>请写成 { … }，使用以下键：%1。</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is unknown</source>
        <translation>未知的键“%1”</translation>
    </message>
    <message>
        <source>The keys here are: %1.</source>
        <translation>此处可用的键：%1。</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>是否想用“%1”？</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is missing</source>
        <translation>缺少键“%1”</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>请添加。</translation>
    </message>
    <message>
        <source>The value of &quot;%1&quot; is not %2</source>
        <translation>“%1”的值不是 %2</translation>
    </message>
    <message>
        <source>Correct it in the recipe.</source>
        <translation>请在配方中更正。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be &quot;%2&quot;</source>
        <translation>“%1”不能为“%2”</translation>
    </message>
    <message>
        <source>Use one of: %1.</source>
        <translation>请使用以下之一：%1。</translation>
    </message>
    <message>
        <source>The value of &quot;schema&quot; is not a whole number from 1</source>
        <translation>&quot;schema&quot; 的值不是从 1 起的整数</translation>
    </message>
    <message>
        <source>Write &quot;schema&quot;: 1.</source>
        <translation>请写成 &quot;schema&quot;: 1。</translation>
    </message>
    <message>
        <source>The recipe was written by a newer version of Octavo (schema %1; this version reads %2)</source>
        <translation>配方由更新版本的 Octavo 写成（schema %1；此版本可读 %2）</translation>
    </message>
    <message>
        <source>Update Octavo, or write the recipe again with this version.</source>
        <translation>请更新 Octavo，或用此版本重新编写配方。</translation>
    </message>
    <message>
        <source>Correct the expression or remove it.</source>
        <translation>请更正或删除该表达式。</translation>
    </message>
    <message>
        <source>It has to match from the start of a name, for example of &quot;%1&quot;; write re:.* in front to match anywhere.</source>
        <translation>必须从名称开头匹配，例如“%1”；若要匹配任意位置，请在前面写 re:.*。</translation>
    </message>
    <message>
        <source>Write &quot;re:&quot; in front if it is a regular expression.</source>
        <translation>如果它是正则表达式，请在前面写 &quot;re:&quot;。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; contains it: write the whole name, or &quot;re:.*%2&quot; for all that do.</source>
        <translation>“%1”包含它：请写出完整名称，或用 &quot;re:.*%2&quot; 匹配所有包含它的名称。</translation>
    </message>
    <message>
        <source>Correct the name or remove it.</source>
        <translation>请更正或删除该名称。</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; of the recipe matches no matrix of this model</source>
        <translation>配方中的模式“%1”不匹配此模型的任何矩阵</translation>
    </message>
    <message>
        <source>vLLM runs these matrices as one, so they need one scheme: %1</source>
        <translation>vLLM 将这些矩阵合为一个运行，因此需要同一方案：%1</translation>
    </message>
    <message>
        <source>Ignore all of them or none.</source>
        <translation>请全部忽略或全部不忽略。</translation>
    </message>
    <message>
        <source>Give all of them the same scheme.</source>
        <translation>请为它们全部指定同一方案。</translation>
    </message>
    <message>
        <source>The scheme %1 needs input sizes divisible by %2, but %3 has %4</source>
        <translation>方案 %1 要求输入尺寸可被 %2 整除，而 %3 为 %4</translation>
    </message>
    <message>
        <source>Ignore this matrix (and those fused with it) or choose a scheme without groups.</source>
        <translation>请忽略此矩阵（以及与其融合的矩阵），或选择不分组的方案。</translation>
    </message>
    <message>
        <source>%1 has the shape %2 × %3, which cannot be quantized</source>
        <translation>%1 的形状为 %2 × %3，无法量化</translation>
    </message>
    <message>
        <source>Ignore it in the recipe.</source>
        <translation>请在配方中忽略它。</translation>
    </message>
    <message>
        <source>The scheme %1 needs output sizes divisible by %2 where vLLM fuses matrices, but %3 has %4</source>
        <translation>在 vLLM 融合矩阵之处，方案 %1 要求输出尺寸可被 %2 整除，而 %3 为 %4</translation>
    </message>
    <message>
        <source>Ignore this matrix and those fused with it, or choose a scheme with one scale per channel.</source>
        <translation>请忽略此矩阵以及与其融合的矩阵，或选择每个通道一个缩放因子的方案。</translation>
    </message>
    <message>
        <source>The recipe leaves every matrix of this model in 16 bit</source>
        <translation>配方将此模型的所有矩阵都保留为 16 位</translation>
    </message>
    <message>
        <source>Ignore less.</source>
        <translation>请减少忽略的内容。</translation>
    </message>
    <message>
        <source>The recipe was not resolved for %1</source>
        <translation>配方未针对 %1 解析</translation>
    </message>
    <message>
        <source>There is no scheme called &quot;%1&quot;</source>
        <translation>没有名为“%1”的方案</translation>
    </message>
    <message>
        <source>Did you mean %1? The schemes are: %2.</source>
        <translation>是否想用 %1？可用方案：%2。</translation>
    </message>
    <message>
        <source>An event of the unknown type &quot;%1&quot;</source>
        <translation>类型未知的事件“%1”</translation>
    </message>
    <message>
        <source>Update Octavo: a newer version wrote it.</source>
        <translation>请更新 Octavo：它由更新的版本写出。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the run is not a JSON object</source>
        <translation>运行的“%1”不是 JSON 对象</translation>
    </message>
    <message>
        <source>The file was changed or damaged; use an intact copy.</source>
        <translation>文件被更改或已损坏；请使用完好的副本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in &quot;%2&quot; of the run has a value of the wrong type</source>
        <translation>运行的“%2”中“%1”的值类型不符</translation>
    </message>
    <message>
        <source>This is not a run folder: it holds no run.json</source>
        <translation>不是运行文件夹：其中没有 run.json</translation>
    </message>
    <message>
        <source>Choose a folder that octavo-cli quantize or the workbench made.</source>
        <translation>请选择由 octavo-cli quantize 或工作台生成的文件夹。</translation>
    </message>
    <message>
        <source>This is not the record of a run: it has no schema number</source>
        <translation>不是运行记录：没有 schema 版本号</translation>
    </message>
    <message>
        <source>Choose a folder that Octavo made.</source>
        <translation>请选择由 Octavo 生成的文件夹。</translation>
    </message>
    <message>
        <source>The run was made by a newer version of Octavo (schema %1; this version reads up to %2)</source>
        <translation>运行由更新版本的 Octavo 生成（schema %1；此版本最高可读 %2）</translation>
    </message>
    <message>
        <source>Update Octavo to open it.</source>
        <translation>请更新 Octavo 以打开它。</translation>
    </message>
    <message>
        <source>This is not the record of a run</source>
        <translation>不是运行记录</translation>
    </message>
    <message>
        <source>The run folder holds something already</source>
        <translation>运行文件夹中已有内容</translation>
    </message>
    <message>
        <source>Choose another folder or empty this one.</source>
        <translation>请选择其他文件夹，或清空此文件夹。</translation>
    </message>
    <message>
        <source>The statistics of the run cannot be read: %1</source>
        <translation>无法读取运行的统计数据：%1</translation>
    </message>
    <message>
        <source>Use an intact copy of the run folder; without this file the run opens with its figures alone.</source>
        <translation>请使用运行文件夹的完好副本；缺少此文件时，运行只能以其数值指标打开。</translation>
    </message>
    <message>
        <source>The statistics are not in float32</source>
        <translation>统计数据不是 float32</translation>
    </message>
    <message>
        <source>Use an intact copy of the run folder.</source>
        <translation>请使用运行文件夹的完好副本。</translation>
    </message>
    <message>
        <source>Nothing was measured.</source>
        <translation>未进行测量。</translation>
    </message>
    <message>
        <source>The model&apos;s output is not finite on the %1 tokens that were scored: it is unusable.</source>
        <translation>在所评分的 %1 个 token 上，模型的输出不是有限值：模型不可用。</translation>
    </message>
    <message>
        <source>The perplexity is %1 on %2 tokens; without the original to compare with, nothing can be said about what quantization cost.</source>
        <translation>在 %2 个 token 上困惑度为 %1；没有原模型可供比较，无法判断量化的代价。</translation>
    </message>
    <message>
        <source>The comparison with the original is not finite on the %1 tokens that were scored: nothing can be said about what quantization cost.</source>
        <translation>在所评分的 %1 个 token 上，与原模型的比较不是有限值：无法判断量化的代价。</translation>
    </message>
    <message>
        <source>On the %1 tokens that were scored, the model gives the same output as the original.</source>
        <translation>在所评分的 %1 个 token 上，模型的输出与原模型相同。</translation>
    </message>
    <message>
        <source>The perplexity is %1 times the original&apos;s on %2 tokens and the KL divergence %3 nats, but how far chance contributed is not known.</source>
        <translation>在 %2 个 token 上，困惑度是原模型的 %1 倍，KL 散度为 %3 nat，但随机因素影响多大不得而知。</translation>
    </message>
    <message>
        <source>On %1 tokens the perplexity is between %2 % and %3 % higher than the original&apos;s (95 % interval), the KL divergence %4 nats.</source>
        <translation>在 %1 个 token 上，困惑度比原模型高 %2 % 至 %3 %（95 % 置信区间），KL 散度为 %4 nat。</translation>
    </message>
    <message>
        <source>On %1 tokens the perplexity is between %2 % and %3 % lower than the original&apos;s (95 % interval), the KL divergence %4 nats.</source>
        <translation>在 %1 个 token 上，困惑度比原模型低 %2 % 至 %3 %（95 % 置信区间），KL 散度为 %4 nat。</translation>
    </message>
    <message>
        <source>On %1 tokens no change of perplexity can be told from chance (95 % interval %2 % to %3 %), the KL divergence is %4 nats.</source>
        <translation>在 %1 个 token 上，困惑度的变化与随机波动无法区分（95 % 置信区间 %2 % 至 %3 %），KL 散度为 %4 nat。</translation>
    </message>
    <message>
        <source>No sample of the dataset has two tokens or more</source>
        <translation>数据集中没有达到两个 token 的样本</translation>
    </message>
    <message>
        <source>Use a dataset with longer texts.</source>
        <translation>请使用文本更长的数据集。</translation>
    </message>
    <message>
        <source>Only %1 of %2 samples: the data ends</source>
        <translation>%2 个样本中只有 %1 个：数据已用尽</translation>
    </message>
    <message>
        <source>%1 samples with fewer than two tokens were left out</source>
        <translation>略去了 %1 个不足两个 token 的样本</translation>
    </message>
    <message>
        <source>The model has no chat template: messages were joined by blank lines</source>
        <translation>模型没有聊天模板：消息以空行连接</translation>
    </message>
    <message>
        <source>Write a JSON list of equally long lists of token ids.</source>
        <translation>请写出由等长 token id 列表组成的 JSON 列表。</translation>
    </message>
    <message>
        <source>Row %1 is not a list</source>
        <translation>第 %1 行不是列表</translation>
    </message>
    <message>
        <source>Row %1 holds something other than whole numbers</source>
        <translation>第 %1 行含有不是整数的内容</translation>
    </message>
    <message>
        <source>Row %1 holds the id %2, outside the vocabulary of %3 tokens</source>
        <translation>第 %1 行含有 id %2，超出 %3 个 token 的词表</translation>
    </message>
    <message>
        <source>Row %1 has fewer than two tokens</source>
        <translation>第 %1 行不足两个 token</translation>
    </message>
    <message>
        <source>At least one calibration sample is needed</source>
        <translation>至少需要一个校准样本</translation>
    </message>
    <message>
        <source>A sequence length of %1 tokens is not possible</source>
        <translation>不能使用 %1 个 token 的序列长度</translation>
    </message>
    <message>
        <source>Use 2 tokens or more, 2048 for example.</source>
        <translation>请使用 2 个或更多 token，例如 2048。</translation>
    </message>
    <message>
        <source>The file does not hold a list of lists</source>
        <translation>文件不是由列表组成的列表</translation>
    </message>
    <message>
        <source>Row %1 has %2 tokens, row 0 has %3</source>
        <translation>第 %1 行有 %2 个 token，第 0 行有 %3 个</translation>
    </message>
    <message>
        <source>There are several chat templates but none is named &quot;default&quot;</source>
        <translation>有多个聊天模板，但没有名为 &quot;default&quot; 的</translation>
    </message>
    <message>
        <source>Name one of them &quot;default&quot;, or put the template into chat_template.jinja.</source>
        <translation>请将其中一个命名为 &quot;default&quot;，或将模板放入 chat_template.jinja。</translation>
    </message>
    <message>
        <source>The chat template cannot be read or is larger than %1 bytes</source>
        <translation>聊天模板无法读取，或超过 %1 字节</translation>
    </message>
    <message>
        <source>The model has no chat template</source>
        <translation>模型没有聊天模板</translation>
    </message>
    <message>
        <source>Use plain text, or put a chat_template.jinja into the model folder.</source>
        <translation>请使用纯文本，或将 chat_template.jinja 放入模型文件夹。</translation>
    </message>
    <message>
        <source>The chat template is not valid: %1</source>
        <translation>聊天模板无效：%1</translation>
    </message>
    <message>
        <source>Mend the template or put a chat_template.jinja into the model folder.</source>
        <translation>请修正模板，或将 chat_template.jinja 放入模型文件夹。</translation>
    </message>
    <message>
        <source>The chat template refuses this conversation: %1</source>
        <translation>聊天模板拒绝此对话：%1</translation>
    </message>
    <message>
        <source>Use conversations of the form that the model expects.</source>
        <translation>请使用符合模型要求形式的对话。</translation>
    </message>
    <message>
        <source>The chat template was stopped: %1</source>
        <translation>聊天模板已中止：%1</translation>
    </message>
    <message>
        <source>The chat template cannot be rendered: %1</source>
        <translation>无法渲染聊天模板：%1</translation>
    </message>
    <message>
        <source>The dataset is missing or not a file</source>
        <translation>数据集缺失，或不是文件</translation>
    </message>
    <message>
        <source>The dataset is empty</source>
        <translation>数据集为空</translation>
    </message>
    <message>
        <source>Use a file with conversations or text.</source>
        <translation>请使用含有对话或文本的文件。</translation>
    </message>
    <message>
        <source>This is a binary file, not text</source>
        <translation>这是二进制文件，不是文本</translation>
    </message>
    <message>
        <source>Use JSONL, JSON or plain text in UTF-8.</source>
        <translation>请使用 UTF-8 编码的 JSONL、JSON 或纯文本。</translation>
    </message>
    <message>
        <source>The file is not valid UTF-8</source>
        <translation>文件不是有效的 UTF-8</translation>
    </message>
    <message>
        <source>Convert the file to UTF-8.</source>
        <translation>请将文件转换为 UTF-8。</translation>
    </message>
    <message>
        <source>This is not valid JSON</source>
        <translation>不是有效的 JSON</translation>
    </message>
    <message>
        <source>The list holds something other than objects</source>
        <translation>列表含有不是对象的内容</translation>
    </message>
    <message>
        <source>The object holds no list of samples</source>
        <translation>对象中没有样本列表</translation>
    </message>
    <message>
        <source>Every entry needs &quot;messages&quot;, &quot;conversations&quot;, &quot;prompt&quot; with &quot;response&quot; or &quot;completion&quot;, or &quot;text&quot;.</source>
        <translation>每个条目需要 &quot;messages&quot;、&quot;conversations&quot;、&quot;prompt&quot; 配 &quot;response&quot; 或 &quot;completion&quot;，或者 &quot;text&quot;。</translation>
    </message>
    <message>
        <source>An entry is not a JSON object</source>
        <translation>某个条目不是 JSON 对象</translation>
    </message>
    <message>
        <source>An entry holds no conversation and no text</source>
        <translation>某个条目既无对话也无文本</translation>
    </message>
    <message>
        <source>The content of a message is not text</source>
        <translation>消息的内容不是文本</translation>
    </message>
    <message>
        <source>Use a string.</source>
        <translation>请使用字符串。</translation>
    </message>
    <message>
        <source>A message holds a part that is not text</source>
        <translation>消息含有不是文本的部分</translation>
    </message>
    <message>
        <source>Leave out images and sounds: calibration uses text alone.</source>
        <translation>请去掉图像与声音：校准只使用文本。</translation>
    </message>
    <message>
        <source>A message has no &quot;%1&quot;</source>
        <translation>某条消息没有“%1”</translation>
    </message>
    <message>
        <source>A message has the unknown role &quot;%1&quot;</source>
        <translation>某条消息的角色“%1”未知</translation>
    </message>
    <message>
        <source>Use system, user, assistant or tool.</source>
        <translation>请使用 system、user、assistant 或 tool。</translation>
    </message>
    <message>
        <source>The messages are not a list</source>
        <translation>消息不是列表</translation>
    </message>
    <message>
        <source>A prompt has neither &quot;response&quot; nor &quot;completion&quot;</source>
        <translation>某个 prompt 既没有 &quot;response&quot; 也没有 &quot;completion&quot;</translation>
    </message>
    <message>
        <source>The tokenizer cannot be read or is larger than %1 bytes</source>
        <translation>分词器无法读取，或超过 %1 字节</translation>
    </message>
    <message>
        <source>Replace the file with an intact copy.</source>
        <translation>请将该文件换成完好的副本。</translation>
    </message>
    <message>
        <source>The text cannot be tokenised: %1</source>
        <translation>无法对文本分词：%1</translation>
    </message>
    <message>
        <source>The ids cannot be turned into text: %1</source>
        <translation>无法将 id 转换为文本：%1</translation>
    </message>
    <message>
        <source>The file does not hold a JSON object</source>
        <translation>文件内容不是 JSON 对象</translation>
    </message>
    <message>
        <source>There is no tokenizer in this folder</source>
        <translation>此文件夹中没有分词器</translation>
    </message>
    <message>
        <source>Copy tokenizer.json or tokenizer.model of the model into it.</source>
        <translation>请将模型的 tokenizer.json 或 tokenizer.model 复制到其中。</translation>
    </message>
    <message>
        <source>The text is not valid UTF-8 (byte %1)</source>
        <translation>文本不是有效的 UTF-8（第 %1 字节）</translation>
    </message>
    <message>
        <source>Convert the text to UTF-8.</source>
        <translation>请将文本转换为 UTF-8。</translation>
    </message>
    <message>
        <source>The target %1 is not known</source>
        <translation>未知的目标 %1</translation>
    </message>
    <message>
        <source>Give a compute capability such as 8.9, cpu, or one of: %1</source>
        <translation>请指定计算能力（例如 8.9）、cpu 或以下之一：%1</translation>
    </message>
    <message>
        <source>Give the original model folder.</source>
        <translation>请指定原始模型的文件夹。</translation>
    </message>
    <message>
        <source>There is no subcommand %1</source>
        <translation>没有子命令 %1</translation>
    </message>
    <message>
        <source>See `octavo-cli --help`.</source>
        <translation>参见 `octavo-cli --help`。</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>See `%1`.</source>
        <translation>参见 `%1`。</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>This should not have happened: %1</source>
        <translation>这本不应发生：%1</translation>
    </message>
    <message>
        <source>Please report it with the command line that led to it.</source>
        <translation>请附上引发此问题的命令行进行报告。</translation>
    </message>
    <message>
        <source>The file for events cannot be written</source>
        <translation>无法写入事件文件</translation>
    </message>
    <message>
        <source>Check that its folder exists and that you may write there.</source>
        <translation>请检查其文件夹是否存在以及是否有写入权限。</translation>
    </message>
    <message>
        <source>--json and --events - both want standard output</source>
        <translation>--json 与 --events - 都要使用标准输出</translation>
    </message>
    <message>
        <source>Write the events into a file: --events FILE</source>
        <translation>请将事件写入文件：--events FILE</translation>
    </message>
    <message>
        <source>Either --scheme or --recipe is needed</source>
        <translation>需要 --scheme 或 --recipe</translation>
    </message>
    <message>
        <source>For example: --scheme W8A8</source>
        <translation>例如：--scheme W8A8</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written</source>
        <translation>已取消；没有写入任何内容</translation>
    </message>
    <message>
        <source>The file holds no list of messages</source>
        <translation>文件中没有消息列表</translation>
    </message>
    <message>
        <source>Expected: [{&quot;role&quot;: &quot;user&quot;, &quot;content&quot;: &quot;…&quot;}, …]</source>
        <translation>应为：[{&quot;role&quot;: &quot;user&quot;, &quot;content&quot;: &quot;…&quot;}, …]</translation>
    </message>
    <message>
        <source>Give either --text or --messages</source>
        <translation>请给出 --text 或 --messages</translation>
    </message>
    <message>
        <source>See `octavo-cli tokenize --help`.</source>
        <translation>参见 `octavo-cli tokenize --help`。</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>没有这个文件夹</translation>
    </message>
    <message>
        <source>Give the folder that `octavo-cli quantize --output` wrote.</source>
        <translation>请指定 `octavo-cli quantize --output` 写出的文件夹。</translation>
    </message>
    <message>
        <source>An unexpected error: %1</source>
        <translation>意外错误：%1</translation>
    </message>
    <message>
        <source>Please report this with the log (View, Log, Save).</source>
        <translation>请附上日志（视图、日志、保存）报告此问题。</translation>
    </message>
    <message>
        <source>An unexpected error of an unknown kind</source>
        <translation>类型未知的意外错误</translation>
    </message>
    <message>
        <source>The run is complete but could not be measured: %1</source>
        <translation>运行已完成，但无法测量：%1</translation>
    </message>
    <message>
        <source>Phase %1: %2 s</source>
        <translation>阶段 %1：%2 秒</translation>
    </message>
    <message>
        <source>The sample model is not here yet</source>
        <translation>示例模型尚不存在</translation>
    </message>
    <message>
        <source>Run installer/run once: it fetches the sample. Or open a model of your own.</source>
        <translation>请运行一次 installer/run：它会获取示例模型。或打开您自己的模型。</translation>
    </message>
    <message>
        <source>vLLM&apos;s wheels start at compute capability 7.5; this GPU is older. Use a Turing card or newer.</source>
        <translation>vLLM 的 wheel 包自计算能力 7.5 起支持；此 GPU 更旧。请使用 Turing 或更新的显卡。</translation>
    </message>
    <message>
        <source>INT8 tensor cores multiply weights and activations directly.</source>
        <translation>INT8 张量核心直接将权重与激活相乘。</translation>
    </message>
    <message>
        <source>vLLM&apos;s first choice for INT8 has no kernel for this architecture and fails at the first request; with it disabled the Triton kernel runs. FP8_DYNAMIC or NVFP4 is the better scheme here.</source>
        <translation>vLLM 对 INT8 的首选在此架构上没有内核，首次请求时即失败；禁用它后由 Triton 内核运行。此处 FP8_DYNAMIC 或 NVFP4 是更好的方案。</translation>
    </message>
    <message>
        <source>FP8 tensor cores multiply weights and activations directly.</source>
        <translation>FP8 张量核心直接将权重与激活相乘。</translation>
    </message>
    <message>
        <source>FP8 tensor cores multiply weights and activations directly; needs vLLM&apos;s CUDA 13 build.</source>
        <translation>FP8 张量核心直接将权重与激活相乘；需要 vLLM 的 CUDA 13 构建。</translation>
    </message>
    <message>
        <source>This GPU has no FP8 tensor cores: weights stay FP8 in memory, arithmetic is 16-bit. W8A8 computes in INT8 here.</source>
        <translation>此 GPU 没有 FP8 张量核心：权重在内存中保持 FP8，运算为 16 位。W8A8 在此以 INT8 计算。</translation>
    </message>
    <message>
        <source>Block FP8 runs with 16-bit arithmetic on this GPU. FP8_DYNAMIC computes in FP8 where the card can.</source>
        <translation>在此 GPU 上，块 FP8 以 16 位运算运行。FP8_DYNAMIC 在显卡支持时以 FP8 计算。</translation>
    </message>
    <message>
        <source>FP8 tensor cores with 128 × 128 weight blocks.</source>
        <translation>FP8 张量核心，权重块为 128 × 128。</translation>
    </message>
    <message>
        <source>A kernel exists, but block FP8 is little tested on this architecture. FP8_DYNAMIC is the safer scheme.</source>
        <translation>内核存在，但块 FP8 在此架构上测试较少。FP8_DYNAMIC 是更稳妥的方案。</translation>
    </message>
    <message>
        <source>Runs natively; if vLLM stops with an internal CUTLASS error (seen on GB10), also disable CutlassFp8BlockScaledMMKernel. FP8_DYNAMIC is the safer scheme.</source>
        <translation>原生运行；若 vLLM 因 CUTLASS 内部错误而中止（见于 GB10），请同时禁用 CutlassFp8BlockScaledMMKernel。FP8_DYNAMIC 是更稳妥的方案。</translation>
    </message>
    <message>
        <source>Weights are unpacked inside the kernel and multiplied in 16 bit: saves memory and speeds up decoding, but not large batches.</source>
        <translation>权重在内核中解包，以 16 位相乘：节省内存并加快解码，但对大批次无益。</translation>
    </message>
    <message>
        <source>vLLM has no GPU kernel for INT4 weights with INT8 activations. Choose W4A16, or W8A8 for 8-bit arithmetic.</source>
        <translation>vLLM 没有用于 INT4 权重配 INT8 激活的 GPU 内核。请选择 W4A16；若要 8 位运算，请选择 W8A8。</translation>
    </message>
    <message>
        <source>On Hopper vLLM takes this checkpoint for W4AFP8 and fails to load it. Choose W4AFP8, W4A16 or W8A8.</source>
        <translation>在 Hopper 上，vLLM 会将此检查点当作 W4AFP8 而加载失败。请选择 W4AFP8、W4A16 或 W8A8。</translation>
    </message>
    <message>
        <source>vLLM runs INT4 weights with FP8 activations only on compute capability 9.0. Choose W4A16 or FP8_DYNAMIC.</source>
        <translation>vLLM 仅在计算能力 9.0 上运行 INT4 权重配 FP8 激活。请选择 W4A16 或 FP8_DYNAMIC。</translation>
    </message>
    <message>
        <source>INT4 weights are widened to FP8 and multiplied on FP8 tensor cores; sizes must be multiples of 128.</source>
        <translation>INT4 权重扩展为 FP8，在 FP8 张量核心上相乘；尺寸须为 128 的倍数。</translation>
    </message>
    <message>
        <source>No FP4 tensor cores below Blackwell: weights stay 4-bit in memory, arithmetic is 16-bit. W4A16 does the same with wider support.</source>
        <translation>Blackwell 之前没有 FP4 张量核心：权重在内存中保持 4 位，运算为 16 位。W4A16 效果相同，支持更广。</translation>
    </message>
    <message>
        <source>FP4 tensor cores multiply weights and activations directly.</source>
        <translation>FP4 张量核心直接将权重与激活相乘。</translation>
    </message>
    <message>
        <source>FP4 tensor cores multiply weights and activations directly; needs vLLM&apos;s CUDA 13 build.</source>
        <translation>FP4 张量核心直接将权重与激活相乘；需要 vLLM 的 CUDA 13 构建。</translation>
    </message>
    <message>
        <source>vLLM runs MXFP4 from compute capability 8.0. Choose W4A16.</source>
        <translation>vLLM 自计算能力 8.0 起运行 MXFP4。请选择 W4A16。</translation>
    </message>
    <message>
        <source>vLLM may run this checkpoint with 4-bit activations on this architecture although it was made for 16-bit ones: check the answers, or choose NVFP4A16.</source>
        <translation>在此架构上，vLLM 可能会以 4 位激活运行此检查点，尽管它是为 16 位激活制作的：请检查回答，或选择 NVFP4A16。</translation>
    </message>
    <message>
        <source>No microscaling tensor cores below Blackwell: weights stay 8-bit in memory, arithmetic is 16-bit. W8A8 or FP8_DYNAMIC compute in 8 bit.</source>
        <translation>Blackwell 之前没有微缩放张量核心：权重在内存中保持 8 位，运算为 16 位。W8A8 或 FP8_DYNAMIC 以 8 位计算。</translation>
    </message>
    <message>
        <source>Microscaling FP8 tensor cores multiply weights and activations directly.</source>
        <translation>微缩放 FP8 张量核心直接将权重与激活相乘。</translation>
    </message>
    <message>
        <source>oneDNN multiplies INT8 weights and activations; the dependable format of vLLM&apos;s CPU backend.</source>
        <translation>oneDNN 将 INT8 权重与激活相乘；这是 vLLM CPU 后端上可靠的格式。</translation>
    </message>
    <message>
        <source>oneDNN multiplies INT8 weights and activations, slowly without AVX-512 VNNI; still the dependable format here.</source>
        <translation>oneDNN 将 INT8 权重与激活相乘，没有 AVX-512 VNNI 时较慢；在此仍是可靠的格式。</translation>
    </message>
    <message>
        <source>AMX multiplies INT8 weights and activations: the fastest format of vLLM&apos;s CPU backend.</source>
        <translation>AMX 将 INT8 权重与激活相乘：这是 vLLM CPU 后端上最快的格式。</translation>
    </message>
    <message>
        <source>Runs since mid-2026, at first only through a slow reference path; W8A8 is the dependable format on a CPU.</source>
        <translation>自 2026 年年中起可运行，起初只能走缓慢的参考路径；在 CPU 上 W8A8 是可靠的格式。</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU kernel unpacks 4-bit weights; sizes must be multiples of 32.</source>
        <translation>vLLM 的 CPU 内核解包 4 位权重；尺寸须为 32 的倍数。</translation>
    </message>
    <message>
        <source>With AMX vLLM also quantizes activations to 8 bit unless VLLM_CPU_INT4_W4A8=0 is set, as the launch line does.</source>
        <translation>有 AMX 时，除非设置 VLLM_CPU_INT4_W4A8=0（启动命令行已设置），vLLM 还会将激活量化为 8 位。</translation>
    </message>
    <message>
        <source>vLLM&apos;s 4-bit CPU kernel needs AVX-512 and stops with an AttributeError without it. Choose W8A8.</source>
        <translation>vLLM 的 4 位 CPU 内核需要 AVX-512，否则以 AttributeError 中止。请选择 W8A8。</translation>
    </message>
    <message>
        <source>Runs on x86 through a slow general path; W8A8 is faster here. Made for Arm CPUs.</source>
        <translation>在 x86 上经由缓慢的通用路径运行；在此 W8A8 更快。此方案面向 Arm CPU。</translation>
    </message>
    <message>
        <source>AMX machines run block FP8 with 16-bit arithmetic.</source>
        <translation>带 AMX 的机器以 16 位运算运行块 FP8。</translation>
    </message>
    <message>
        <source>Only recent vLLM has a CPU kernel for block FP8 with AVX-512. W8A8 is the dependable format.</source>
        <translation>只有较新的 vLLM 具有使用 AVX-512 的块 FP8 CPU 内核。W8A8 是可靠的格式。</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU backend has no kernel for this scheme. Choose W8A8.</source>
        <translation>vLLM 的 CPU 后端没有用于此方案的内核。请选择 W8A8。</translation>
    </message>
    <message>
        <source>The tokenizer gives the id %1, but the model&apos;s vocabulary has %2 tokens</source>
        <translation>分词器给出 id %1，但模型的词表只有 %2 个 token</translation>
    </message>
    <message>
        <source>The tokenizer does not belong to this model: fetch the model again.</source>
        <translation>分词器不属于此模型：请重新获取模型。</translation>
    </message>
    <message>
        <source>The model overflows even in float32: use an intact copy of it, or another calibration set or shorter samples if only some texts do it.</source>
        <translation>模型即使在 float32 下也会溢出：请使用其完好的副本；若只有部分文本如此，请改用其他校准集或更短的样本。</translation>
    </message>
    <message>
        <source>Token id %1 lies beyond the vocabulary of %2</source>
        <translation>token id %1 超出 %2 个 token 的词表</translation>
    </message>
    <message>
        <source>Check the path of the text.</source>
        <translation>请检查文本的路径。</translation>
    </message>
    <message>
        <source>%1 cannot be pinned to %2: the table does not allow that</source>
        <translation>%1 无法固定为 %2：表格不允许</translation>
    </message>
    <message>
        <source>Pin it to a scheme that was measured and that the target runs, or to 16.</source>
        <translation>请固定为已测量且目标能运行的方案，或固定为 16。</translation>
    </message>
    <message>
        <source>The pin &quot;%1&quot; matches no group of the table</source>
        <translation>固定项“%1”不匹配表格中的任何组</translation>
    </message>
    <message>
        <source>Give a group&apos;s or a matrix&apos;s whole name, or re: and an expression.</source>
        <translation>请给出组或矩阵的完整名称，或 re: 加表达式。</translation>
    </message>
    <message>
        <source>Every group is pinned: nothing is left to choose</source>
        <translation>所有组都已固定：没有可选择的内容</translation>
    </message>
    <message>
        <source>Remove a pin, or write the recipe directly.</source>
        <translation>请去掉一个固定项，或直接编写配方。</translation>
    </message>
    <message>
        <source>%1 can have none of the schemes</source>
        <translation>%1 不能使用其中任何方案</translation>
    </message>
    <message>
        <source>Allow 16 bit, or measure more schemes.</source>
        <translation>请允许 16 位，或测量更多方案。</translation>
    </message>
    <message>
        <source>%1 bits per weight cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>无法达到每权重 %1 位：这些方案与固定项最少为 %2</translation>
    </message>
    <message>
        <source>Raise the budget, remove a pin, or measure a smaller scheme.</source>
        <translation>请提高预算、去掉一个固定项，或测量更小的方案。</translation>
    </message>
    <message>
        <source>%1 bytes cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>无法达到 %1 字节：这些方案与固定项最少为 %2</translation>
    </message>
    <message>
        <source>A damage of at most %1 cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>无法将损伤控制在 %1 以内：这些方案与固定项最少为 %2</translation>
    </message>
    <message>
        <source>Allow more, remove a pin, or allow 16 bit.</source>
        <translation>请放宽限制、去掉一个固定项，或允许 16 位。</translation>
    </message>
    <message>
        <source>The sensitivity table is empty or has gaps</source>
        <translation>敏感度表为空或有缺失</translation>
    </message>
    <message>
        <source>Measure again; a measurement that was interrupted can be continued.</source>
        <translation>请重新测量；中断的测量可以继续。</translation>
    </message>
    <message>
        <source>There is nothing to choose between</source>
        <translation>没有可供选择的内容</translation>
    </message>
    <message>
        <source>The target %1 runs none of the schemes; measure others.</source>
        <translation>目标 %1 不能运行其中任何方案；请测量其他方案。</translation>
    </message>
    <message>
        <source>Allow more than one scheme, or 16 bit.</source>
        <translation>请允许多个方案，或允许 16 位。</translation>
    </message>
    <message>
        <source>Within this budget nothing is quantized</source>
        <translation>在此预算内没有任何内容被量化</translation>
    </message>
    <message>
        <source>Lower the budget: at this one the model can stay as it is.</source>
        <translation>请降低预算：在此预算下模型可以保持原样。</translation>
    </message>
    <message>
        <source>There is no preset %1</source>
        <translation>没有预设 %1</translation>
    </message>
    <message>
        <source>Use quick or thorough.</source>
        <translation>请使用 quick 或 thorough。</translation>
    </message>
    <message>
        <source>The run was made from another model (%1)</source>
        <translation>该运行来自另一个模型 (%1)</translation>
    </message>
    <message>
        <source>Give the model that the run was made from, or a run of this model.</source>
        <translation>请给出生成该运行的模型，或此模型的运行。</translation>
    </message>
    <message>
        <source>No scheme to measure was given</source>
        <translation>未指定要测量的方案</translation>
    </message>
    <message>
        <source>For example: --schemes W8A8,FP8_DYNAMIC</source>
        <translation>例如：--schemes W8A8,FP8_DYNAMIC</translation>
    </message>
    <message>
        <source>The file holds the table of another model, text or protocol (%1, %2 windows of %3 tokens)</source>
        <translation>文件中是另一模型、文本或协议的表格（%1，%2 个窗口，每个 %3 个 token）</translation>
    </message>
    <message>
        <source>Choose another file, or start anew.</source>
        <translation>请选择其他文件，或重新开始。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a smaller number</source>
        <translation>更小的数</translation>
    </message>
    <message>
        <source>a larger number</source>
        <translation>更大的数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>a number in range</source>
        <translation>范围内的数值</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>one name</source>
        <translation>单个名称</translation>
    </message>
    <message>
        <source>a list with one entry per layer</source>
        <translation>每层一个条目的列表</translation>
    </message>
    <message>
        <source>a token id or a list of them</source>
        <translation>token id 或其列表</translation>
    </message>
    <message>
        <source>a divisor of num_attention_heads</source>
        <translation>num_attention_heads 的约数</translation>
    </message>
    <message>
        <source>a multiple of num_attention_heads</source>
        <translation>num_attention_heads 的倍数</translation>
    </message>
    <message>
        <source>an even number</source>
        <translation>偶数</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a number above low_freq_factor</source>
        <translation>大于 low_freq_factor 的数值</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>it exists already</source>
        <translation>已经存在</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>the device reports an error</source>
        <translation>设备报告错误</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>链接形成循环</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名称过长</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>没有此文件或文件夹</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>a part of its path is not a folder</source>
        <translation>路径中的某一部分不是文件夹</translation>
    </message>
    <message>
        <source>the file system is read-only</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>system error %1 (%2)</source>
        <translation>系统错误 %1 (%2)</translation>
    </message>
    <message>
        <source>The file could not be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>The data could not be written to the disk</source>
        <translation>无法将数据写入磁盘</translation>
    </message>
    <message>
        <source>The file could not be written</source>
        <translation>无法写入文件</translation>
    </message>
    <message>
        <source>The file or folder could not be renamed</source>
        <translation>无法重命名文件或文件夹</translation>
    </message>
    <message>
        <source>The file could not be opened</source>
        <translation>无法打开文件</translation>
    </message>
    <message>
        <source>The file could not be mapped into memory</source>
        <translation>无法将文件映射到内存</translation>
    </message>
    <message>
        <source>The file could not be copied</source>
        <translation>无法复制文件</translation>
    </message>
    <message>
        <source>The folder opens with its configuration (tensors: %1, files: %2)</source>
        <translation>文件夹及其配置可以打开（张量：%1，文件：%2）</translation>
    </message>
    <message>
        <source>All groups of schemes are understood (%1)</source>
        <translation>所有方案组均可识别 (%1)</translation>
    </message>
    <message>
        <source>compute capability %1.%2</source>
        <translation>计算能力 %1.%2</translation>
    </message>
    <message>
        <source>a CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>The smoothing of %1 does not fit the model</source>
        <translation>%1 的平滑与模型不符</translation>
    </message>
    <message>
        <source>Give a run of this model.</source>
        <translation>请给出此模型的运行。</translation>
    </message>
    <message>
        <source>Resuming after %1 of %2 layers</source>
        <translation>从 %2 层中的第 %1 层之后继续</translation>
    </message>
    <message>
        <source>%1 of %2 layers are kept: octavo-cli quantize --resume --run-directory %3 goes on from there</source>
        <translation>已保留 %2 层中的 %1 层：octavo-cli quantize --resume --run-directory %3 可从此处继续</translation>
    </message>
    <message>
        <source>Start the job again without --resume.</source>
        <translation>请去掉 --resume 重新开始任务。</translation>
    </message>
    <message>
        <source>The journal could not be created</source>
        <translation>无法创建断点日志</translation>
    </message>
    <message>
        <source>There is nothing to resume: the run has no journal</source>
        <translation>没有可继续的内容：该运行没有断点日志</translation>
    </message>
    <message>
        <source>The journal of the run is damaged</source>
        <translation>该运行的断点日志已损坏</translation>
    </message>
    <message>
        <source>Another process is working on this run</source>
        <translation>另一进程正在处理此运行</translation>
    </message>
    <message>
        <source>Wait until it has ended, or start a new run.</source>
        <translation>请等待其结束，或开始新的运行。</translation>
    </message>
    <message>
        <source>The journal of the run comes from a newer version of Octavo</source>
        <translation>该运行的断点日志来自更新版本的 Octavo</translation>
    </message>
    <message>
        <source>The model has changed since the run was interrupted</source>
        <translation>运行中断之后模型已改变</translation>
    </message>
    <message>
        <source>The recipe is not the one that the run was started with</source>
        <translation>配方与运行开始时的不同</translation>
    </message>
    <message>
        <source>The calibration data are not those that the run was started with</source>
        <translation>校准数据与运行开始时的不同</translation>
    </message>
    <message>
        <source>The run was started by another version of Octavo</source>
        <translation>该运行由另一版本的 Octavo 开始</translation>
    </message>
    <message>
        <source>The run was started on another device</source>
        <translation>该运行在另一设备上开始</translation>
    </message>
    <message>
        <source>The run was started with another number of threads</source>
        <translation>该运行开始时的线程数不同</translation>
    </message>
    <message>
        <source>The journal of the run does not hold %1</source>
        <translation>该运行的断点日志不含 %1</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 到 %2 之间的数值</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 之间的整数</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>文本列表</translation>
    </message>
    <message>
        <source>a list of texts that are not empty</source>
        <translation>非空文本的列表</translation>
    </message>
    <message>
        <source>an object of group names and strengths</source>
        <translation>由组名与强度构成的对象</translation>
    </message>
    <message>
        <source>a number from 0 to 1</source>
        <translation>0 到 1 之间的数值</translation>
    </message>
    <message>
        <source>a list of at least one name, class or re: pattern</source>
        <translation>至少含一个名称、类或 re: 模式的列表</translation>
    </message>
    <message>
        <source>a whole number that is not negative</source>
        <translation>非负整数</translation>
    </message>
    <message>
        <source>two sizes, as in [128, 128]</source>
        <translation>两个尺寸，如 [128, 128]</translation>
    </message>
    <message>
        <source>two sizes from 1 to 65536</source>
        <translation>1 到 65536 之间的两个尺寸</translation>
    </message>
    <message>
        <source>true, false or &quot;local&quot;</source>
        <translation>true、false 或 &quot;local&quot;</translation>
    </message>
    <message>
        <source>null, &quot;static&quot; or &quot;weight&quot; (other orders are not served)</source>
        <translation>null、&quot;static&quot; 或 &quot;weight&quot;（其他顺序不受支持）</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>4 or 8, which floating point must be</source>
        <translation>4 或 8（浮点必须如此）</translation>
    </message>
    <message>
        <source>true, which floating point must be</source>
        <translation>true（浮点必须如此）</translation>
    </message>
    <message>
        <source>positive, which this strategy needs</source>
        <translation>正数（此策略需要）</translation>
    </message>
    <message>
        <source>absent, which this strategy needs</source>
        <translation>省略（此策略需要）</translation>
    </message>
    <message>
        <source>given exactly when the strategy is &quot;block&quot;</source>
        <translation>仅当策略为 &quot;block&quot; 时给出</translation>
    </message>
    <message>
        <source>true, which the strategy &quot;token&quot; needs</source>
        <translation>true（策略 &quot;token&quot; 需要）</translation>
    </message>
    <message>
        <source>false, which this strategy needs</source>
        <translation>false（此策略需要）</translation>
    </message>
    <message>
        <source>true or false (&quot;local&quot; needs tensor_group)</source>
        <translation>true 或 false（&quot;local&quot; 需要 tensor_group）</translation>
    </message>
    <message>
        <source>null, which dynamic quantization needs</source>
        <translation>null（动态量化需要）</translation>
    </message>
    <message>
        <source>false, which weights must be</source>
        <translation>false（权重必须如此）</translation>
    </message>
    <message>
        <source>a format of compressed-tensors (&quot;int-quantized&quot;, &quot;pack-quantized&quot;, …)</source>
        <translation>compressed-tensors 的格式（&quot;int-quantized&quot;、&quot;pack-quantized&quot; 等）</translation>
    </message>
    <message>
        <source>The run folder could not be created</source>
        <translation>无法创建运行文件夹</translation>
    </message>
    <message>
        <source>This is no sensitivity table</source>
        <translation>这不是敏感度表</translation>
    </message>
    <message>
        <source>Give a file that `octavo-cli sensitivity` wrote.</source>
        <translation>请给出由 `octavo-cli sensitivity` 写出的文件。</translation>
    </message>
    <message>
        <source>The sensitivity table was written by a newer version of Octavo (schema %1; this version reads %2)</source>
        <translation>敏感度表由更新版本的 Octavo 写成（schema %1；此版本可读 %2）</translation>
    </message>
    <message>
        <source>Update Octavo, or measure again with this version.</source>
        <translation>请更新 Octavo，或用此版本重新测量。</translation>
    </message>
    <message>
        <source>the file cannot be read or is too large</source>
        <translation>文件无法读取或过大</translation>
    </message>
    <message>
        <source>it has no pieces</source>
        <translation>其中没有词元片段</translation>
    </message>
    <message>
        <source>an id is outside the vocabulary</source>
        <translation>有 id 超出词表</translation>
    </message>
    <message>
        <source>the added token &quot;%1&quot; has the id %2</source>
        <translation>附加 token “%1”的 id 为 %2</translation>
    </message>
    <message>
        <source>added_tokens_decoder has the key &quot;%1&quot;</source>
        <translation>added_tokens_decoder 含有键“%1”</translation>
    </message>
    <message>
        <source>added_tokens.json gives &quot;%1&quot; no usable id</source>
        <translation>added_tokens.json 没有给“%1”可用的 id</translation>
    </message>
    <message>
        <source>The pin &quot;%1&quot; has no scheme</source>
        <translation>固定项“%1”没有方案</translation>
    </message>
    <message>
        <source>Write GROUP=SCHEME, or GROUP=16 for 16 bit.</source>
        <translation>请写成 组=方案，或 组=16 表示 16 位。</translation>
    </message>
    <message>
        <source>The model and --output are missing</source>
        <translation>缺少模型和 --output</translation>
    </message>
    <message>
        <source>quantize MODEL --output DIR, or --resume --run-directory DIR for an interrupted run.</source>
        <translation>quantize 模型 --output 文件夹；若为中断的运行，则 --resume --run-directory 文件夹。</translation>
    </message>
    <message>
        <source>There is no interrupted run of this model with this recipe and output</source>
        <translation>没有使用此配方与输出的、此模型的中断运行</translation>
    </message>
    <message>
        <source>Name its folder with --run-directory, or start the job again without --resume.</source>
        <translation>请用 --run-directory 指定其文件夹，或去掉 --resume 重新开始任务。</translation>
    </message>
    <message>
        <source>The target cannot run %1</source>
        <translation>目标无法运行 %1</translation>
    </message>
    <message>
        <source>The target runs %1 natively</source>
        <translation>目标原生运行 %1</translation>
    </message>
    <message>
        <source>The target runs %1, but not natively</source>
        <translation>目标可以运行 %1，但并非原生</translation>
    </message>
    <message>
        <source>The weights of %1 cannot be stored as %2</source>
        <translation>%1 的权重无法以 %2 存储</translation>
    </message>
    <message>
        <source>Leave the format out: it follows from the numbers.</source>
        <translation>请省略格式：它由数值决定。</translation>
    </message>
    <message>
        <source>Export the folder again with another scheme or group size.</source>
        <translation>请用其他方案或组大小重新导出该文件夹。</translation>
    </message>
    <message>
        <source>Groups and blocks divide the matrices as vLLM&apos;s kernels need it</source>
        <translation>组与块对矩阵的划分符合 vLLM 内核的要求</translation>
    </message>
    <message>
        <source>%1 and %2 differ, though vLLM runs their matrices as one</source>
        <translation>%1 与 %2 不同，而 vLLM 将它们的矩阵作为一个来运行</translation>
    </message>
    <message>
        <source>Matrices that vLLM fuses share the scales that it keeps once</source>
        <translation>vLLM 融合的矩阵共用其只保存一份的缩放因子</translation>
    </message>
    <message>
        <source>%1 says %2 instead of %3</source>
        <translation>%1 写的是 %2，应为 %3</translation>
    </message>
    <message>
        <source>Packed weights say their shape rightly</source>
        <translation>打包权重的形状记录正确</translation>
    </message>
    <message>
        <source>%1 holds the code %2, which %3 bits cannot be (element %4)</source>
        <translation>%1 含有编码 %2，超出 %3 位的范围（第 %4 个元素）</translation>
    </message>
    <message>
        <source>Every code lies in the range of its bits</source>
        <translation>所有编码都在其位数的范围内</translation>
    </message>
    <message>
        <source>The model was not made from this reference: their embeddings have nothing in common</source>
        <translation>该模型并非由此参考模型得到：二者的嵌入毫无共同之处</translation>
    </message>
    <message>
        <source>Each line is one object with &quot;question&quot;, &quot;choices&quot; (a list of texts) and &quot;answer&quot; (index from 0, letter, or the text of a choice).</source>
        <translation>每行一个对象，含 &quot;question&quot;、&quot;choices&quot;（文本列表）与 &quot;answer&quot;（从 0 起的序号、字母或某个选项的文本）。</translation>
    </message>
    <message>
        <source>The answer is none of the choices</source>
        <translation>答案不在选项之中</translation>
    </message>
    <message>
        <source>The line is no JSON object</source>
        <translation>该行不是 JSON 对象</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing</source>
        <translation>缺少“%1”</translation>
    </message>
    <message>
        <source>&quot;question&quot; is no text</source>
        <translation>&quot;question&quot; 不是文本</translation>
    </message>
    <message>
        <source>There are fewer than two choices</source>
        <translation>选项少于两个</translation>
    </message>
    <message>
        <source>A choice is no text, or empty</source>
        <translation>某个选项不是文本，或为空</translation>
    </message>
    <message>
        <source>The line is no JSON</source>
        <translation>该行不是 JSON</translation>
    </message>
    <message>
        <source>The file holds no questions</source>
        <translation>文件中没有问题</translation>
    </message>
    <message>
        <source>Use one scale per channel (--group-size channel), or ignore this matrix and those fused with it.</source>
        <translation>请使用每个通道一个缩放因子 (--group-size channel)，或忽略此矩阵以及与其融合的矩阵。</translation>
    </message>
    <message>
        <source>Group sizes that would work: %1; or one scale per channel. --group-size auto finds the largest.</source>
        <translation>可用的组大小：%1；或每个通道一个缩放因子。--group-size auto 会找出最大的。</translation>
    </message>
    <message>
        <source>The scheme %1 packs %2 codes at a time, which does not divide the sizes of %3 (%4 × %5)</source>
        <translation>方案 %1 每次打包 %2 个编码，不能整除 %3 的尺寸 (%4 × %5)</translation>
    </message>
    <message>
        <source>Ignore this matrix (and those fused with it) or choose a scheme that is not packed.</source>
        <translation>请忽略此矩阵（以及与其融合的矩阵），或选择不打包的方案。</translation>
    </message>
    <message>
        <source>The scheme %1 is not one that vLLM serves</source>
        <translation>方案 %1 不在 vLLM 支持之列</translation>
    </message>
    <message>
        <source>Use one of the presets, or change group size or activations of one.</source>
        <translation>请使用某个预设，或更改某个预设的组大小或激活。</translation>
    </message>
    <message>
        <source>The scheme %1 has no group size of its own choice</source>
        <translation>方案 %1 的组大小不可选择</translation>
    </message>
    <message>
        <source>Group sizes belong to integer weights such as those of W4A16.</source>
        <translation>组大小只用于整数权重，例如 W4A16。</translation>
    </message>
    <message>
        <source>vLLM has no kernel for groups of %1 columns</source>
        <translation>vLLM 没有支持每组 %1 列的内核</translation>
    </message>
    <message>
        <source>Use 128, 64, 32 or channel.</source>
        <translation>请使用 128、64、32 或 channel。</translation>
    </message>
    <message>
        <source>The comparison has schema %1; this version reads %2</source>
        <translation>比较结果为 schema %1；此版本可读 %2</translation>
    </message>
    <message>
        <source>Update Octavo, or evaluate again with this version.</source>
        <translation>请更新 Octavo，或用此版本重新评估。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a group size</source>
        <translation>“%1”不是组大小</translation>
    </message>
    <message>
        <source>Use a number of columns, channel, auto or per-matrix.</source>
        <translation>请使用列数、channel、auto 或 per-matrix。</translation>
    </message>
    <message>
        <source>vLLM may run this checkpoint with 8-bit activations on this architecture although it was made for 16-bit ones; they lose little.</source>
        <translation>在此架构上，vLLM 可能以 8 位激活运行此检查点，尽管它是为 16 位激活生成的；损失很小。</translation>
    </message>
    <message>
        <source>Only the Humming kernel unpacks weights of this width; arithmetic is 16-bit. W4A16 and W8A16 have faster and better tried kernels.</source>
        <translation>只有 Humming 内核能解包此位宽的权重；以 16 位运算。W4A16 与 W8A16 的内核更快、更成熟。</translation>
    </message>
    <message>
        <source>The measurement of this table was interrupted</source>
        <translation>此表格的测量被中断</translation>
    </message>
    <message>
        <source>Repeat the command that measured it: it goes on where it stopped.</source>
        <translation>请重新执行测量它的命令：会从中断处继续。</translation>
    </message>
    <message>
        <source>The architecture %1 comes with code of its own (auto_map names %2), which Octavo does not run</source>
        <translation>架构 %1 带有自己的代码（auto_map 指向 %2），Octavo 不会运行它</translation>
    </message>
    <message>
        <source>Data-free schemes such as FP8_DYNAMIC work for any architecture. Where transformers has a class for this model, a version saved with it may be known.</source>
        <translation>FP8_DYNAMIC 等无需数据的方案适用于任何架构。如果 transformers 有此模型的类，用它保存的版本可能受支持。</translation>
    </message>
    <message>
        <source>a list of zeros and ones</source>
        <translation>由 0 和 1 组成的列表</translation>
    </message>
    <message>
        <source>a list of layers</source>
        <translation>层的列表</translation>
    </message>
    <message>
        <source>at most the number of experts</source>
        <translation>不超过专家数</translation>
    </message>
    <message>
        <source>a divisor of the number of experts that leaves enough of them</source>
        <translation>专家数的一个约数，且要留下足够的专家</translation>
    </message>
    <message>
        <source>as many as attention heads with latent attention</source>
        <translation>使用潜在注意力时与注意力头数相同</translation>
    </message>
    <message>
        <source>a positive number</source>
        <translation>正数</translation>
    </message>
    <message>
        <source>a share that leaves an even number of channels</source>
        <translation>使通道数为偶数的比例</translation>
    </message>
    <message>
        <source>a list with one number per pair of turned channels</source>
        <translation>每对旋转通道对应一个数的列表</translation>
    </message>
    <message>
        <source>a list of positive numbers</source>
        <translation>正数的列表</translation>
    </message>
    <message>
        <source>Known types: default, linear, dynamic, llama3, yarn, longrope.</source>
        <translation>已知类型：default、linear、dynamic、llama3、yarn、longrope。</translation>
    </message>
    <message>
        <source>Layer %1: %2 of %3 experts were reached by fewer than %4 of the calibration tokens; they were calibrated with tokens of other experts as well</source>
        <translation>第 %1 层：%3 个专家中有 %2 个收到的校准 token 少于 %4 个；它们也使用其他专家的 token 进行了校准</translation>
    </message>
    <message>
        <source>%1 attention heads cannot be split over %2 cards: vLLM refuses to start</source>
        <translation>%1 个注意力头无法分到 %2 张卡上：vLLM 会拒绝启动</translation>
    </message>
    <message>
        <source>%1 has %2 columns to split over %3 cards, which must come out in multiples of %4</source>
        <translation>%1 有 %2 列要分到 %3 张卡上，每张卡所得必须是 %4 的倍数</translation>
    </message>
    <message>
        <source>%1 has %2 rows to split over %3 cards, which must come out in multiples of %4</source>
        <translation>%1 有 %2 行要分到 %3 张卡上，每张卡所得必须是 %4 的倍数</translation>
    </message>
    <message>
        <source>%1 key/value heads are copied to %2 cards: the KV cache shrinks no further</source>
        <translation>%1 个键/值头会复制到 %2 张卡上：KV 缓存不会再变小</translation>
    </message>
    <message>
        <source>%1 key/value heads cannot be split over %2 cards, nor copied evenly</source>
        <translation>%1 个键/值头既无法分到 %2 张卡上，也无法均匀复制</translation>
    </message>
    <message>
        <source>%1 has both &quot;scheme&quot; and &quot;config_groups&quot;</source>
        <translation>%1 同时有“scheme”和“config_groups”</translation>
    </message>
    <message>
        <source>%1 has neither &quot;scheme&quot; nor &quot;config_groups&quot;</source>
        <translation>%1 既没有“scheme”也没有“config_groups”</translation>
    </message>
    <message>
        <source>%1 is missing; vLLM would take 1 in its place</source>
        <translation>缺少 %1；vLLM 会用 1 代替</translation>
    </message>
    <message>
        <source>%1 samples cannot come from %2 datasets</source>
        <translation>%1 个样本无法来自 %2 个数据集</translation>
    </message>
    <message>
        <source>%1 stands behind the modifier that quantizes</source>
        <translation>%1 排在执行量化的 modifier 之后</translation>
    </message>
    <message>
        <source>%1 stands in the recipe twice</source>
        <translation>%1 在配方中出现了两次</translation>
    </message>
    <message>
        <source>A recipe of llm-compressor has stages with names that end in _stage.</source>
        <translation>llm-compressor 的配方由名称以 _stage 结尾的阶段组成。</translation>
    </message>
    <message>
        <source>A text to be continued is empty</source>
        <translation>待续写的文本为空</translation>
    </message>
    <message>
        <source>An entry has no &quot;%1&quot;, which was to be read as &quot;%2&quot;</source>
        <translation>某条目没有要读作“%2”的“%1”</translation>
    </message>
    <message>
        <source>Calibrate with a dataset instead.</source>
        <translation>请改用数据集校准。</translation>
    </message>
    <message>
        <source>Calibrate with a dataset.</source>
        <translation>请用数据集校准。</translation>
    </message>
    <message>
        <source>Calibration data are needed for the scales of the KV cache; the rest of the recipe would do without</source>
        <translation>KV 缓存的缩放因子需要校准数据；配方的其余部分则不需要</translation>
    </message>
    <message>
        <source>Correct the names of the columns.</source>
        <translation>请更正列名。</translation>
    </message>
    <message>
        <source>Fetch it again, or convert the dataset to JSON lines.</source>
        <translation>请重新获取，或将数据集转换为 JSON Lines。</translation>
    </message>
    <message>
        <source>Give a file, builtin or self.</source>
        <translation>请给出文件、builtin 或 self。</translation>
    </message>
    <message>
        <source>Give at least one token.</source>
        <translation>请至少给出一个 token。</translation>
    </message>
    <message>
        <source>Groups of modifiers have names that end in _modifiers.</source>
        <translation>modifier 组的名称以 _modifiers 结尾。</translation>
    </message>
    <message>
        <source>It has to start with a stage, as in &quot;default_stage:&quot;.</source>
        <translation>它必须以阶段开头，例如“default_stage:”。</translation>
    </message>
    <message>
        <source>It is damaged, or its row groups are too large: write it again.</source>
        <translation>文件已损坏，或其行组过大：请重新写出。</translation>
    </message>
    <message>
        <source>It needs a GPTQModifier or a QuantizationModifier.</source>
        <translation>它需要 GPTQModifier 或 QuantizationModifier。</translation>
    </message>
    <message>
        <source>Keys and values of every layer have their scales</source>
        <translation>每层的键和值都有缩放因子</translation>
    </message>
    <message>
        <source>Leave one.</source>
        <translation>请只保留一个。</translation>
    </message>
    <message>
        <source>Leave the KV cache in 16 bit (&quot;kv_cache&quot;: null, --kv-cache none).</source>
        <translation>请让 KV 缓存保持 16 位（&quot;kv_cache&quot;: null，--kv-cache none）。</translation>
    </message>
    <message>
        <source>Mend the file at this line.</source>
        <translation>请在此行修正文件。</translation>
    </message>
    <message>
        <source>Mixtures of experts and latent attention are solved for their own outputs: &quot;correction&quot; has no effect on this model</source>
        <translation>混合专家和潜在注意力按各自的输出求解：“correction”对此模型无效</translation>
    </message>
    <message>
        <source>Name it once.</source>
        <translation>请只写一次。</translation>
    </message>
    <message>
        <source>Norms to q, k, v and to gate, up, v to o and up to down are understood.</source>
        <translation>可识别的映射：范数到 q、k、v 和到 gate、up，v 到 o，up 到 down。</translation>
    </message>
    <message>
        <source>Octavo does not know the observer &quot;%1&quot; for activations</source>
        <translation>Octavo 不认识用于激活的观察器“%1”</translation>
    </message>
    <message>
        <source>Octavo does not know the observer &quot;%1&quot; for weights</source>
        <translation>Octavo 不认识用于权重的观察器“%1”</translation>
    </message>
    <message>
        <source>Octavo does not know the option &quot;%1&quot; of %2</source>
        <translation>Octavo 不认识 %2 的选项“%1”</translation>
    </message>
    <message>
        <source>Octavo does not know this mapping (readers of %1)</source>
        <translation>Octavo 不认识此映射（%1 的读取者）</translation>
    </message>
    <message>
        <source>Octavo does not quantize the outputs of matrices</source>
        <translation>Octavo 不量化矩阵的输出</translation>
    </message>
    <message>
        <source>Octavo does not quantize what &quot;%1&quot; names</source>
        <translation>Octavo 不量化“%1”所指的对象</translation>
    </message>
    <message>
        <source>Octavo has no counterpart of %1</source>
        <translation>Octavo 中没有与 %1 对应的功能</translation>
    </message>
    <message>
        <source>Octavo smooths both or none: write both mappings or leave them out.</source>
        <translation>Octavo 要么两者都平滑，要么都不平滑：请写出两个映射或都省略。</translation>
    </message>
    <message>
        <source>Octavo writes no groups that do not divide a matrix</source>
        <translation>Octavo 不写出不能整除矩阵的分组</translation>
    </message>
    <message>
        <source>Remove &quot;output_activations&quot;.</source>
        <translation>请删除“output_activations”。</translation>
    </message>
    <message>
        <source>Remove it if the recipe means the same without.</source>
        <translation>如果删除后配方含义不变，请删除它。</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>请删除它。</translation>
    </message>
    <message>
        <source>Remove one of the two.</source>
        <translation>请删除两者之一。</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>请删除其中一个。</translation>
    </message>
    <message>
        <source>Remove the option; --group-size auto finds a size that divides.</source>
        <translation>请删除该选项；--group-size auto 会找到能整除的大小。</translation>
    </message>
    <message>
        <source>Say what to quantize to, as in &quot;scheme: W8A8&quot;.</source>
        <translation>请说明量化目标，例如“scheme: W8A8”。</translation>
    </message>
    <message>
        <source>Smoothing has to come first.</source>
        <translation>平滑必须在前。</translation>
    </message>
    <message>
        <source>The Parquet file asks for more memory than a dataset may take</source>
        <translation>该 Parquet 文件所需内存超过数据集允许的上限</translation>
    </message>
    <message>
        <source>The Parquet file cannot be read: %1</source>
        <translation>无法读取 Parquet 文件：%1</translation>
    </message>
    <message>
        <source>The cache scheme is not 8-bit floating point, static, symmetric, per tensor or head</source>
        <translation>缓存方案不是按张量或按头的静态对称 8 位浮点</translation>
    </message>
    <message>
        <source>The calibration data have no name</source>
        <translation>校准数据没有名称</translation>
    </message>
    <message>
        <source>The column &quot;%1&quot; is named twice</source>
        <translation>列“%1”被指定了两次</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>列有：%1。</translation>
    </message>
    <message>
        <source>The document is nested too deeply or too large for a recipe</source>
        <translation>该文档对配方来说嵌套过深或过大</translation>
    </message>
    <message>
        <source>The file holds no recipe of llm-compressor</source>
        <translation>该文件不含 llm-compressor 的配方</translation>
    </message>
    <message>
        <source>The file is too large for a recipe</source>
        <translation>该文件对配方来说过大</translation>
    </message>
    <message>
        <source>The mappings smooth the norm of attention or of the MLP, but not both</source>
        <translation>这些映射只平滑了注意力或 MLP 的范数之一</translation>
    </message>
    <message>
        <source>The model has no token that starts a text, so it cannot write any</source>
        <translation>该模型没有文本起始 token，因此无法生成文本</translation>
    </message>
    <message>
        <source>The model keeps the keys and values that are to be scaled</source>
        <translation>该模型保存了需要缩放的键和值</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands here twice, or is none</source>
        <translation>名称“%1”在此出现两次，或者不是名称</translation>
    </message>
    <message>
        <source>The recipe asks for an FP8 KV cache, but the attention of %1 keeps a latent, for which there are no scales</source>
        <translation>配方要求 FP8 KV 缓存，但 %1 的注意力保存的是潜变量，没有对应的缩放因子</translation>
    </message>
    <message>
        <source>The recipe asks for an FP8 KV cache, but the model has no attention that keeps one</source>
        <translation>配方要求 FP8 KV 缓存，但模型没有保存缓存的注意力</translation>
    </message>
    <message>
        <source>The recipe clips static activations at a percentile, but no scheme in it has any</source>
        <translation>配方按百分位截断静态激活，但其中没有方案使用静态激活</translation>
    </message>
    <message>
        <source>The recipe contradicts itself: the pattern &quot;%1&quot; stands for %2 and for %3</source>
        <translation>配方自相矛盾：模式“%1”同时对应 %2 和 %3</translation>
    </message>
    <message>
        <source>The recipe quantizes nothing</source>
        <translation>该配方没有量化任何内容</translation>
    </message>
    <message>
        <source>The sampling options are out of range</source>
        <translation>采样选项超出范围</translation>
    </message>
    <message>
        <source>The scales of the KV cache were not checked: the architecture is not known here</source>
        <translation>未检查 KV 缓存的缩放因子：此处不认识该架构</translation>
    </message>
    <message>
        <source>The scheme %1 has no static activations in vLLM</source>
        <translation>方案 %1 在 vLLM 中没有静态激活</translation>
    </message>
    <message>
        <source>The scheme of the KV cache is not one that vLLM takes</source>
        <translation>KV 缓存的方案不被 vLLM 接受</translation>
    </message>
    <message>
        <source>The temperature is 0 or more, the share of the likeliest tokens above 0 and at most 1.</source>
        <translation>温度须不小于 0，最可能 token 的占比须大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>The weight of &quot;%1&quot; is not above 0</source>
        <translation>“%1”的权重不大于 0</translation>
    </message>
    <message>
        <source>There is no column &quot;%1&quot; to be named</source>
        <translation>没有可命名的列“%1”</translation>
    </message>
    <message>
        <source>This is not valid YAML: %1</source>
        <translation>这不是有效的 YAML：%1</translation>
    </message>
    <message>
        <source>Use FP8 or static activations (--activations static), or remove &quot;activation_percentile&quot;.</source>
        <translation>请使用 FP8 或静态激活（--activations static），或删除“activation_percentile”。</translation>
    </message>
    <message>
        <source>Use W8A8, or FP8, whose activations are static as it is.</source>
        <translation>请使用 W8A8，或激活本来就是静态的 FP8。</translation>
    </message>
    <message>
        <source>Use minmax, memoryless_minmax, mse or memoryless_mse.</source>
        <translation>请使用 minmax、memoryless_minmax、mse 或 memoryless_mse。</translation>
    </message>
    <message>
        <source>Use more samples or fewer datasets.</source>
        <translation>请使用更多样本或更少的数据集。</translation>
    </message>
    <message>
        <source>Use static_minmax, which takes the extremes over all data.</source>
        <translation>请使用 static_minmax，它取全部数据的极值。</translation>
    </message>
    <message>
        <source>Use the recipe alone.</source>
        <translation>请只使用配方。</translation>
    </message>
    <message>
        <source>Write FILE:WEIGHT, as in chats.jsonl:2.</source>
        <translation>请写成 文件:权重，例如 chats.jsonl:2。</translation>
    </message>
    <message>
        <source>Write &quot;targets: [Linear]&quot;.</source>
        <translation>请写“targets: [Linear]”。</translation>
    </message>
    <message>
        <source>Write pairs as in messages=conversation,role=speaker.</source>
        <translation>请按 messages=conversation,role=speaker 的形式写成对。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not say which column stands for which</source>
        <translation>“%1”没有说明哪一列对应什么</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a group of modifiers</source>
        <translation>“%1”不是 modifier 组</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a stage of a recipe</source>
        <translation>“%1”不是配方的阶段</translation>
    </message>
    <message>
        <source>&quot;%1&quot; schedules a modifier during training, which quantization does not have</source>
        <translation>“%1”在训练期间调度 modifier，而量化没有训练过程</translation>
    </message>
    <message>
        <source>a map of at least one group</source>
        <translation>至少含一个组的映射</translation>
    </message>
    <message>
        <source>a map of names and values</source>
        <translation>名称与值的映射</translation>
    </message>
    <message>
        <source>a pair of readers and producer</source>
        <translation>读取者与产生者组成的一对</translation>
    </message>
    <message>
        <source>null, static or weight (other orders are not served)</source>
        <translation>null、static 或 weight（其他顺序无法部署）</translation>
    </message>
    <message>
        <source>static, symmetric 8-bit floating point per tensor or attn_head</source>
        <translation>按 tensor 或 attn_head 的静态对称 8 位浮点</translation>
    </message>
    <message>
        <source>true: layers are always solved one after the other</source>
        <translation>true：各层总是依次求解</translation>
    </message>
    <message>
        <source>SmoothQuantModifier, AWQModifier, GPTQModifier and QuantizationModifier are understood.</source>
        <translation>可识别 SmoothQuantModifier、AWQModifier、GPTQModifier 和 QuantizationModifier。</translation>
    </message>
    <message>
        <source>Name the run that made this folder, or leave the run out.</source>
        <translation>请指定生成该文件夹的运行，或不指定运行。</translation>
    </message>
    <message>
        <source>The run exported to %1, but %2 is evaluated</source>
        <translation>该运行导出到 %1，但被评测的是 %2</translation>
    </message>
    <message>
        <source>The run is not finished: it keeps no evaluation</source>
        <translation>该运行尚未结束，无法保存评测结果</translation>
    </message>
    <message>
        <source>Wait for its end, or leave the run out.</source>
        <translation>请等待其结束，或不指定运行。</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU build has no function for fixed scales of FP8 activations and stops while loading (seen with 0.32). Choose FP8_DYNAMIC or W8A8.</source>
        <translation>vLLM 的 CPU 版本没有用于 FP8 激活固定缩放因子的函数，加载时会中止（见于 0.32）。请选择 FP8_DYNAMIC 或 W8A8。</translation>
    </message>
    <message>
        <source>%1 of activations go to a file in the run folder; %2 of memory are free</source>
        <translation>%1 的激活写入运行文件夹中的文件；可用内存 %2</translation>
    </message>
    <message>
        <source>%1 of activations in memory do not fit: %2 are free, of which a layer takes about %3</source>
        <translation>内存放不下 %1 的激活：可用 %2，其中一层约需 %3</translation>
    </message>
    <message>
        <source>%1 stands outside of the decoder&apos;s layers, and a recipe that needs calibration data solves what is inside</source>
        <translation>%1 位于解码器层之外，而需要校准数据的配方只求解层内的矩阵</translation>
    </message>
    <message>
        <source>Ask for fewer tokens or shorten the prompt.</source>
        <translation>请减少 token 数或缩短提示词。</translation>
    </message>
    <message>
        <source>Both answers are the same, all %1 tokens.</source>
        <translation>两个回答完全相同，共 %1 个 token。</translation>
    </message>
    <message>
        <source>Close other programs, use a machine with more memory, or a recipe that needs no data.</source>
        <translation>请关闭其他程序、换用内存更大的机器，或使用不需要数据的配方。</translation>
    </message>
    <message>
        <source>Compare answers on a machine with more memory, or on a GPU.</source>
        <translation>请在内存更大的机器或 GPU 上比较回答。</translation>
    </message>
    <message>
        <source>Give a run without --rotate-residual, or none.</source>
        <translation>请提供未使用 --rotate-residual 的运行，或不提供。</translation>
    </message>
    <message>
        <source>Give at least one prompt.</source>
        <translation>请至少给出一个提示词。</translation>
    </message>
    <message>
        <source>Ignore it, or use a recipe that only rounds, such as FP8_DYNAMIC.</source>
        <translation>请忽略它，或使用只做舍入的配方，例如 FP8_DYNAMIC。</translation>
    </message>
    <message>
        <source>Leave --activation-memory out, or give at most %1.</source>
        <translation>请去掉 --activation-memory，或最多指定 %1。</translation>
    </message>
    <message>
        <source>Leave one of them.</source>
        <translation>请只保留一个。</translation>
    </message>
    <message>
        <source>Leave out --rotate-residual (&quot;rotate_residual&quot; in the recipe).</source>
        <translation>请去掉 --rotate-residual（配方中的“rotate_residual”）。</translation>
    </message>
    <message>
        <source>One layer of this model needs about %1 of memory while it is solved, and %2 are free</source>
        <translation>求解此模型的一层约需 %1 内存，而可用 %2</translation>
    </message>
    <message>
        <source>Prompt %1 has %2 tokens; with an answer of %3 that is more than the model&apos;s context of %4</source>
        <translation>提示词 %1 有 %2 个 token；加上 %3 个 token 的回答，超出了模型的上下文 %4</translation>
    </message>
    <message>
        <source>Prompt %1 is empty</source>
        <translation>提示词 %1 为空</translation>
    </message>
    <message>
        <source>The activations of %1 tokens take %2, and neither the memory (%3 free) nor the disk of the run folder (%4 free) holds them</source>
        <translation>%1 个 token 的激活占用 %2，内存（可用 %3）和运行文件夹所在磁盘（可用 %4）都放不下</translation>
    </message>
    <message>
        <source>The answers part at token %1, where the original had a clear preference: it gave its own token %2 % and the other one %3 %.</source>
        <translation>两个回答在第 %1 个 token 处分开，原模型在此有明确偏好：它给自己的 token %2 %，给另一个 %3 %。</translation>
    </message>
    <message>
        <source>The answers part at token %1, where the original was near a tie: it gave its own token %2 % and the other one %3 %. A small change decides such a choice.</source>
        <translation>两个回答在第 %1 个 token 处分开，原模型在此几乎难分：它给自己的 token %2 %，给另一个 %3 %。微小的变化就会改变这样的选择。</translation>
    </message>
    <message>
        <source>The file for the activations could not be created</source>
        <translation>无法创建存放激活的文件</translation>
    </message>
    <message>
        <source>The file for the activations could not be made large enough</source>
        <translation>存放激活的文件无法扩展到所需大小</translation>
    </message>
    <message>
        <source>The file for the activations could not be mapped into memory</source>
        <translation>存放激活的文件无法映射到内存</translation>
    </message>
    <message>
        <source>The file holds no prompt</source>
        <translation>文件中没有提示词</translation>
    </message>
    <message>
        <source>The recipe contradicts itself: the pattern &quot;%1&quot; has two values of one option of the solver</source>
        <translation>配方自相矛盾：模式“%1”对求解器的同一选项给出了两个值</translation>
    </message>
    <message>
        <source>The recipe says how to solve &quot;%1&quot;, but also to leave it in 16 bit</source>
        <translation>配方既规定了“%1”的求解方式，又要求它保持 16 位</translation>
    </message>
    <message>
        <source>The residual stream of %1 cannot be turned: %2</source>
        <translation>%1 的残差流无法旋转：%2</translation>
    </message>
    <message>
        <source>The run turned the residual stream: its errors and its smoothing are not those of the original&apos;s matrices</source>
        <translation>该运行旋转了残差流：其误差和平滑并不属于原模型的矩阵</translation>
    </message>
    <message>
        <source>The two models have vocabularies of %1 and %2 tokens: their answers cannot be compared</source>
        <translation>两个模型的词表分别为 %1 和 %2 个 token：它们的回答无法比较</translation>
    </message>
    <message>
        <source>There is nothing to answer</source>
        <translation>没有需要回答的内容</translation>
    </message>
    <message>
        <source>Use at most %1 tokens (fewer or shorter samples), or --run-directory on a larger disk.</source>
        <translation>请最多使用 %1 个 token（更少或更短的样本），或将 --run-directory 放到更大的磁盘上。</translation>
    </message>
    <message>
        <source>Write PATTERN=WHAT, for example &apos;re:.*down_proj=FP8_DYNAMIC,rtn&apos;.</source>
        <translation>请写成 模式=内容，例如 &apos;re:.*down_proj=FP8_DYNAMIC,rtn&apos;。</translation>
    </message>
    <message>
        <source>Write one prompt on each line.</source>
        <translation>每行写一个提示词。</translation>
    </message>
    <message>
        <source>Write something to be answered.</source>
        <translation>请写下要回答的内容。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not say what to do with which matrices</source>
        <translation>“%1”没有说明要对哪些矩阵做什么</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in &quot;%2&quot; says nothing that Octavo knows</source>
        <translation>“%2”中的“%1”不是 Octavo 认识的内容</translation>
    </message>
    <message>
        <source>&quot;%1&quot; says two things about the same</source>
        <translation>“%1”对同一项说了两次</translation>
    </message>
    <message>
        <source>it has norms between a matrix and the residual stream, whose gains cannot be moved</source>
        <translation>矩阵与残差流之间有归一化，其增益无法移动</translation>
    </message>
    <message>
        <source>its norms store their gains less one, and only plain gains are moved into the matrices</source>
        <translation>其归一化存储的是增益减一，而只有普通增益能移入矩阵</translation>
    </message>
    <message>
        <source>its norms subtract the mean of the channels, which is another after a turn</source>
        <translation>其归一化会减去各通道的均值，而旋转后均值会改变</translation>
    </message>
    <message>
        <source>tensors beside the language model (for pictures, sound or training) read its residual stream or write into it, and would not be turned with it</source>
        <translation>语言模型之外的张量（用于图像、声音或训练）会读写其残差流，却不会随之旋转</translation>
    </message>
    <message>
        <source>It belongs to no decoder layer, which is all that gradients are taken of</source>
        <translation>它不属于任何解码层，而梯度只对解码层计算</translation>
    </message>
    <message>
        <source>The gradient here is NaN or infinite</source>
        <translation>此处的梯度为 NaN 或无穷大</translation>
    </message>
    <message>
        <source>Another program may have taken it: nvidia-smi lists them. Use fewer or shorter samples, or --device cpu; a calibrated job goes on with --resume when the memory is free again.</source>
        <translation>可能被其他程序占用：nvidia-smi 会列出它们。请使用更少或更短的样本，或使用 --device cpu；显存空出后，可用 --resume 继续校准任务。</translation>
    </message>
    <message>
        <source>Choose a disk that may hold files of that size, or raise the limit (ulimit -f).</source>
        <translation>请选择允许存放这么大文件的磁盘，或提高限制（ulimit -f）。</translation>
    </message>
    <message>
        <source>Choose a folder on another disk. One that became read-only while it was used may have failed: see dmesg.</source>
        <translation>请选择另一块磁盘上的文件夹。使用中变为只读的磁盘可能已损坏：请查看 dmesg。</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit (ulimit -n).</source>
        <translation>请关闭其他程序，或提高限制（ulimit -n）。</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit (ulimit -v).</source>
        <translation>请关闭其他程序，或提高限制（ulimit -v）。</translation>
    </message>
    <message>
        <source>Close other programs, or use a machine with more memory.</source>
        <translation>请关闭其他程序，或使用内存更大的机器。</translation>
    </message>
    <message>
        <source>Encoding the largest matrix of this model needs about %1 of memory, and %2 are free</source>
        <translation>编码该模型最大的矩阵约需 %1 内存，而空闲的只有 %2</translation>
    </message>
    <message>
        <source>End what else runs on the device (nvidia-smi lists it), or use --device cpu.</source>
        <translation>请结束该设备上的其他程序（nvidia-smi 会列出），或使用 --device cpu。</translation>
    </message>
    <message>
        <source>Evaluating %1 windows of %2 tokens takes about %3 of memory, and %4 are free</source>
        <translation>评估 %1 个各含 %2 个词元的窗口约需 %3 内存，而空闲的只有 %4</translation>
    </message>
    <message>
        <source>Give a run without --rotate-values, or measure rounded matrices.</source>
        <translation>请给出未使用 --rotate-values 的运行，或测量舍入后的矩阵。</translation>
    </message>
    <message>
        <source>No run of %1 was given, whose matrices could be taken</source>
        <translation>没有给出可取用其矩阵的 %1 运行</translation>
    </message>
    <message>
        <source>Quantize the model to it and give that run as well (--run), or measure rounded matrices.</source>
        <translation>请先将模型量化为该方案并一并给出该运行（--run），或测量舍入后的矩阵。</translation>
    </message>
    <message>
        <source>The disk of the run folder has %1 free and the journal of this job takes %2: it is not kept, so that the job cannot be resumed when it is interrupted</source>
        <translation>运行文件夹所在磁盘空闲 %1，而该任务的日志需要 %2：因此不保留日志，任务中断后将无法继续</translation>
    </message>
    <message>
        <source>The disk of the run folder is slow: the job waited %1 until a layer was kept. --run-directory puts the folder on another one</source>
        <translation>运行文件夹所在磁盘很慢：任务等待了 %1 才保存好一层。可用 --run-directory 将该文件夹放到另一块磁盘上</translation>
    </message>
    <message>
        <source>The disk or the connection to it may be failing: see dmesg, and use another one.</source>
        <translation>磁盘或其连接可能有故障：请查看 dmesg，并换用另一块磁盘。</translation>
    </message>
    <message>
        <source>The export needs %1, but only %2 are free</source>
        <translation>导出需要 %1，但只有 %2 空闲</translation>
    </message>
    <message>
        <source>The job needs about %1 of memory on %2, and %3 of its %4 are free</source>
        <translation>该任务约需 %2 上的 %1 显存，而其 %4 中只有 %3 空闲</translation>
    </message>
    <message>
        <source>The run turned the values: its matrices cannot take the place of the original&apos;s</source>
        <translation>该运行旋转了值（values）：其矩阵不能代替原模型的矩阵</translation>
    </message>
    <message>
        <source>Use at most %1 tokens (fewer or shorter samples), end what else runs on the device (nvidia-smi lists it), or use --device cpu.</source>
        <translation>请最多使用 %1 个词元（更少或更短的样本），结束该设备上的其他程序（nvidia-smi 会列出），或使用 --device cpu。</translation>
    </message>
    <message>
        <source>Use at most %1 windows (--windows) or shorter ones, or close other programs.</source>
        <translation>请最多使用 %1 个窗口（--windows）或更短的窗口，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Writing text with this model takes about %1 of memory, and %2 are free</source>
        <translation>用该模型生成文本约需 %1 内存，而空闲的只有 %2</translation>
    </message>
    <message>
        <source>A layer made more products than it did before</source>
        <translation>某一层的乘积比之前多</translation>
    </message>
    <message>
        <source>A result has no place of its own in one piece</source>
        <translation>结果没有连续的存放位置</translation>
    </message>
    <message>
        <source>Attention in bf16 does not show its keys and values</source>
        <translation>bf16 注意力不提供其键和值</translation>
    </message>
    <message>
        <source>%1 of activations stay in the memory of the host; %2 are free on the device</source>
        <translation>%1 的激活留在主机内存中；设备上可用 %2</translation>
    </message>
    <message>
        <source>Use a scheme, 16bit, rtn, gptq, minmax, mse, weighted-mse, act-order, no-act-order, damping=0.01, shrinkage=0.1, sweeps=3 or block=128, with commas between them.</source>
        <translation>可用：方案名、16bit、rtn、gptq、minmax、mse、weighted-mse、act-order、no-act-order、damping=0.01、shrinkage=0.1、sweeps=3 或 block=128，以逗号分隔。</translation>
    </message>
    <message>
        <source>%1 is shorter than a window of %2 tokens: it is scored as one of %3</source>
        <translation>%1 短于一个 %2 词元的窗口，按一个 %3 词元的窗口计分</translation>
    </message>
    <message>
        <source>The model has %1 layers and a vocabulary of %2 tokens, its reference %3 and %4</source>
        <translation>模型有 %1 层、词表 %2 个词元，其参考模型为 %3 层、%4 个词元</translation>
    </message>
    <message>
        <source>Open the model that the run was made of.</source>
        <translation>打开该运行所用的模型。</translation>
    </message>
    <message>
        <source>Statistics of %1 channels for a matrix of %2 columns</source>
        <translation>%1 个通道的统计量用于 %2 列的矩阵</translation>
    </message>
    <message>
        <source>The weights do not have the sizes that the run recorded</source>
        <translation>权重的尺寸与运行记录不符</translation>
    </message>
</context>
<context>
    <name>octavo::gui::AboutDialog</name>
    <message>
        <source>About Octavo</source>
        <translation>关于 Octavo</translation>
    </message>
    <message>
        <source>&lt;b&gt;Octavo %1&lt;/b&gt;&lt;br&gt;Quantizes language models for vLLM and shows what it did.&lt;br&gt;GNU General Public License, version 3 or later; there is no warranty.</source>
        <translation>&lt;b&gt;Octavo %1&lt;/b&gt;&lt;br&gt;为 vLLM 量化语言模型，并展示量化的影响。&lt;br&gt;GNU 通用公共许可证第 3 版或更新版本；不提供任何担保。</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>组件及其许可证</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>loaded by the first job</source>
        <translation>由首个任务加载</translation>
    </message>
    <message>
        <source>MIT; Oniguruma itself BSD-2-Clause</source>
        <translation>MIT；Oniguruma 本身为 BSD-2-Clause</translation>
    </message>
    <message>
        <source>CUDA runtime</source>
        <translation>CUDA 运行时</translation>
    </message>
    <message>
        <source>where the build has it</source>
        <translation>若构建中包含</translation>
    </message>
    <message>
        <source>NVIDIA EULA</source>
        <translation>NVIDIA EULA</translation>
    </message>
    <message>
        <source>&lt;p&gt;QCustomPlot is under the GNU General Public License, version 3 or later, therefore the whole program is.&lt;/p&gt;</source>
        <translation>&lt;p&gt;QCustomPlot 采用 GNU 通用公共许可证第 3 版或更高版本，因此整个程序也采用该许可证。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Actions</name>
    <message>
        <source>&amp;Open model…</source>
        <translation>打开模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;run…</source>
        <translation>打开运行(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Sample model</source>
        <translation>示例模型(&amp;S)</translation>
    </message>
    <message>
        <source>Open calibration &amp;data…</source>
        <translation>打开校准数据(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Save the page as picture…</source>
        <translation>将页面保存为图片(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy recipe</source>
        <translation>复制配方(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste recipe</source>
        <translation>粘贴配方(&amp;P)</translation>
    </message>
    <message>
        <source>Copy as command &amp;line</source>
        <translation>复制为命令行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Quantize</source>
        <translation>量化(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Measure again on the whole text</source>
        <translation>用全文重新测量(&amp;M)</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>取消(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Export for vLLM</source>
        <translation>为 vLLM 导出(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Previous layer</source>
        <translation>上一层(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next layer</source>
        <translation>下一层(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>起始页(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>键盘与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Octavo</source>
        <translation>关于 Octavo(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Resume the interrupted run</source>
        <translation>继续中断的运行(&amp;R)</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ActivationsPage</name>
    <message>
        <source>Input ranges per layer</source>
        <translation>各层的输入范围</translation>
    </message>
    <message>
        <source>Quantizing with calibration data fills this page layer by layer with the ranges of every input. Schemes that need no data (FP8_DYNAMIC, for example) record none.</source>
        <translation>使用校准数据量化时，本页会逐层填入每个输入的范围。无需数据的方案（例如 FP8_DYNAMIC）不会记录。</translation>
    </message>
    <message>
        <source>Largest channels of the selected input</source>
        <translation>所选输入的最大通道</translation>
    </message>
    <message>
        <source>&amp;Input of</source>
        <translation>输入(&amp;I)</translation>
    </message>
    <message>
        <source>Which input</source>
        <translation>选择输入</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>显示(&amp;W)</translation>
    </message>
    <message>
        <source>What to show per layer</source>
        <translation>每层显示的内容</translation>
    </message>
    <message>
        <source>absmax</source>
        <translation>absmax</translation>
    </message>
    <message>
        <source>percentiles</source>
        <translation>百分位数</translation>
    </message>
    <message>
        <source>min and max</source>
        <translation>最小值与最大值</translation>
    </message>
    <message>
        <source>S&amp;cale</source>
        <translation>刻度(&amp;C)</translation>
    </message>
    <message>
        <source>Scale of the value axes</source>
        <translation>数值轴的刻度</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>&amp;before</source>
        <translation>平滑前(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;after</source>
        <translation>平滑后(&amp;A)</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>通道的顺序</translation>
    </message>
    <message>
        <source>by channel</source>
        <translation>按通道</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>从大到小</translation>
    </message>
    <message>
        <source>Input range per layer</source>
        <translation>各层的输入范围</translation>
    </message>
    <message>
        <source>Layer by channel absmax</source>
        <translation>各层各通道的 absmax</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Channel absmax</source>
        <translation>通道 absmax</translation>
    </message>
    <message>
        <source>before smoothing</source>
        <translation>平滑前</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>平滑后</translation>
    </message>
    <message>
        <source>× median</source>
        <translation>× 中位数</translation>
    </message>
    <message>
        <source>How often the median channel&apos;s absmax fits into this one</source>
        <translation>此通道的 absmax 是中位通道的多少倍</translation>
    </message>
    <message>
        <source>after</source>
        <translation>平滑后</translation>
    </message>
    <message>
        <source>absmax after smoothing</source>
        <translation>平滑后的 absmax</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>1 %</source>
        <translation>1 %</translation>
    </message>
    <message>
        <source>25 %</source>
        <translation>25 %</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>75 %</source>
        <translation>75 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>absmax after</source>
        <translation>平滑后 absmax</translation>
    </message>
    <message>
        <source>max / median channel</source>
        <translation>最大 / 中位通道</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%1&lt;/b&gt;, %n channels</source>
        <translation>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;，%n 个通道</numerusform>
        </translation>
    </message>
    <message>
        <source>layer %1, %2
absmax %3, from %4 to %5</source>
        <translation>第 %1 层，%2
absmax %3，从 %4 到 %5</translation>
    </message>
    <message>
        <source>
after smoothing %1</source>
        <translation>
平滑后 %1</translation>
    </message>
    <message>
        <source>layer %1, channel %2
absmax %3</source>
        <translation>第 %1 层，通道 %2
absmax %3</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>absmax before</source>
        <translation>平滑前 absmax</translation>
    </message>
    <message>
        <source>What reaches each layer: look for bright columns in the map, the few channels that hold the outliers, and for layers whose absmax towers over the others.</source>
        <translation>进入各层的内容：留意图中的亮列（即含有离群值的少数通道），以及绝对最大值远超其他层的层。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::AnswersTab</name>
    <message>
        <source>Probabilities where the answers part</source>
        <translation>回答分开处的概率</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>提示词(&amp;P)</translation>
    </message>
    <message>
        <source>Why is the sky blue? Answer in two sentences.</source>
        <translation>天空为什么是蓝色的？请用两句话回答。</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>Token 数(&amp;T)</translation>
    </message>
    <message>
        <source>Of an answer, at most</source>
        <translation>每个回答最多</translation>
    </message>
    <message>
        <source>Te&amp;mperature</source>
        <translation>温度(&amp;M)</translation>
    </message>
    <message>
        <source>0: the most likely token</source>
        <translation>0：最可能的 token</translation>
    </message>
    <message>
        <source>Above 0 both draw with the same random numbers.</source>
        <translation>大于 0 时两者使用相同的随机数抽样。</translation>
    </message>
    <message>
        <source>Answer of the original</source>
        <translation>原模型的回答</translation>
    </message>
    <message>
        <source>Answer of the export</source>
        <translation>导出模型的回答</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Compare &amp;answers</source>
        <translation>比较回答(&amp;A)</translation>
    </message>
    <message>
        <source>probability of</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>in the original</source>
        <translation>在原模型中</translation>
    </message>
    <message>
        <source>in the export</source>
        <translation>在导出模型中</translation>
    </message>
    <message>
        <source>This run has no export that could answer.</source>
        <translation>此运行没有可以回答的导出。</translation>
    </message>
    <message>
        <source>The export is no longer in %1.</source>
        <translation>导出已不在 %1 中。</translation>
    </message>
    <message>
        <source>The original is no longer in %1.</source>
        <translation>原模型已不在 %1 中。</translation>
    </message>
    <message>
        <source>Another run is going.</source>
        <translation>另一个运行正在进行。</translation>
    </message>
    <message>
        <source>Both models are read into memory, one after the other</source>
        <translation>两个模型依次读入内存</translation>
    </message>
    <message>
        <source>Both models are answering …</source>
        <translation>两个模型正在回答…</translation>
    </message>
    <message>
        <source>Original and export answer the same prompt side by side. Where the answers part, the first different token is marked, with the probabilities that both models gave it: a near tie is decided by any small change, a clear preference that is lost is damage.</source>
        <translation>原模型与导出模型并排回答同一提示词。回答分开之处标出第一个不同的 token，以及两个模型给它的概率：几乎难分时任何微小变化都会决定结果；失去明确偏好才是损伤。</translation>
    </message>
    <message numerus="yes">
        <source>Original, %n token(s)</source>
        <translation>
            <numerusform>原模型，%n 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export, %n token(s)</source>
        <translation>
            <numerusform>导出模型，%n 个 token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::CalibrationPreview</name>
    <message>
        <source>Calibration data</source>
        <translation>校准数据</translation>
    </message>
    <message>
        <source>Rendering and tokenising …</source>
        <translation>正在渲染与分词…</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Rendered text of the sample</source>
        <translation>样本的渲染文本</translation>
    </message>
    <message>
        <source>%1 rows, %2 tokens from %3, %4, seed %5.</source>
        <translation>%1 行，%2 个 token，来自 %3，%4，随机种子 %5。</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>已打包</translation>
    </message>
    <message>
        <source>one sample per row</source>
        <translation>每行一个样本</translation>
    </message>
    <message>
        <source>%1 · %2 tokens</source>
        <translation>%1 · %2 个 token</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CalibrationSection</name>
    <message>
        <source>Calibration data</source>
        <translation>校准数据</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> 个 token</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Pack into full rows</source>
        <translation>打包成满行</translation>
    </message>
    <message>
        <source>Joins short samples so that every row has the full length.</source>
        <translation>拼接短样本，使每一行都达到完整长度。</translation>
    </message>
    <message>
        <source>Preview…</source>
        <translation>预览…</translation>
    </message>
    <message>
        <source>Built-in chats</source>
        <translation>内置对话</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>This recipe needs no data.</source>
        <translation>此配方不需要数据。</translation>
    </message>
    <message>
        <source>Text that the model writes</source>
        <translation>模型自己生成的文本</translation>
    </message>
    <message>
        <source>For a model without suitable data. Writing takes longer than calibrating.</source>
        <translation>适用于没有合适数据的模型。生成文本比校准更耗时。</translation>
    </message>
    <message numerus="yes">
        <source>%n data sets</source>
        <translation>
            <numerusform>%n 个数据集</numerusform>
        </translation>
    </message>
    <message>
        <source>Mix several…</source>
        <translation>混合多个…</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ChannelPlot</name>
    <message>
        <source>before smoothing</source>
        <translation>平滑前</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>平滑后</translation>
    </message>
    <message>
        <source>channels, largest first</source>
        <translation>通道，从大到小</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>通道 %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CheatSheet</name>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom about the cursor</source>
        <translation>以光标为中心缩放</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Shift + 拖动</translation>
    </message>
    <message>
        <source>Zoom into a rectangle</source>
        <translation>缩放至矩形区域</translation>
    </message>
    <message>
        <source>Double click, 0</source>
        <translation>双击、0</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>Back to the view before</source>
        <translation>返回上一视图</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>上、下</translation>
    </message>
    <message>
        <source>Walk through the layers</source>
        <translation>逐层浏览</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>Save as PNG, SVG, PDF or CSV; copy</source>
        <translation>保存为 PNG、SVG、PDF 或 CSV；复制</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Copy the selected rows with header</source>
        <translation>复制所选行（含表头）</translation>
    </message>
    <message>
        <source>Z</source>
        <translation>Z</translation>
    </message>
    <message>
        <source>Drag draws a zoom rectangle, or pans again</source>
        <translation>切换拖动：绘制缩放矩形或平移</translation>
    </message>
    <message>
        <source>+, −</source>
        <translation>+、−</translation>
    </message>
    <message>
        <source>Zoom in, zoom out</source>
        <translation>放大、缩小</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左、右</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
        <source>Zoom the horizontal axis alone</source>
        <translation>仅缩放横轴</translation>
    </message>
    <message>
        <source>Panels and pages</source>
        <translation>面板与页面</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CheckModel</name>
    <message>
        <source>✓ pass</source>
        <translation>✓ 通过</translation>
    </message>
    <message>
        <source>⚠ warning</source>
        <translation>⚠ 警告</translation>
    </message>
    <message>
        <source>✗ fail</source>
        <translation>✗ 失败</translation>
    </message>
    <message>
        <source>status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ComparePage</name>
    <message>
        <source>Every run is kept and listed here. Quantize a model, or open a run folder that was made elsewhere.</source>
        <translation>每次运行都会保留并列于此处。请量化一个模型，或打开在其他地方生成的运行文件夹。</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>历次运行</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>打开运行…</translation>
    </message>
    <message>
        <source>&amp;Damage</source>
        <translation>损伤(&amp;D)</translation>
    </message>
    <message>
        <source>Measure of damage</source>
        <translation>损伤的度量</translation>
    </message>
    <message>
        <source>mean KL divergence</source>
        <translation>平均 KL 散度</translation>
    </message>
    <message>
        <source>rise of perplexity</source>
        <translation>困惑度上升</translation>
    </message>
    <message>
        <source>&amp;Show this run</source>
        <translation>显示此运行(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>从列表移除(&amp;R)</translation>
    </message>
    <message>
        <source>The run folder stays on disk</source>
        <translation>运行文件夹仍保留在磁盘上</translation>
    </message>
    <message>
        <source>Size against damage</source>
        <translation>大小与损伤</translation>
    </message>
    <message>
        <source>started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Mean KL divergence, nats</source>
        <translation>平均 KL 散度，nat</translation>
    </message>
    <message>
        <source>same top</source>
        <translation>首位一致</translation>
    </message>
    <message>
        <source>time</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Choose a second run (Ctrl + click) to compare.</source>
        <translation>请再选择一次运行（Ctrl + 单击）进行比较。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>叠加(&amp;O)</translation>
    </message>
    <message>
        <source>What is laid over each other</source>
        <translation>叠加的内容</translation>
    </message>
    <message>
        <source>error of every matrix</source>
        <translation>各矩阵的误差</translation>
    </message>
    <message>
        <source>input range of every layer</source>
        <translation>各层的输入范围</translation>
    </message>
    <message>
        <source>loss along the text</source>
        <translation>沿文本的损失</translation>
    </message>
    <message>
        <source>Two runs laid over each other</source>
        <translation>两次运行的叠加</translation>
    </message>
    <message>
        <source>Choose two runs in the table to compare them.</source>
        <translation>请在表格中选择两次运行进行比较。</translation>
    </message>
    <message>
        <source>Reading the runs …</source>
        <translation>正在读取运行…</translation>
    </message>
    <message>
        <source>Neither run has recorded this.</source>
        <translation>两次运行均未记录此项。</translation>
    </message>
    <message>
        <source>Past runs side by side, where further down is less damage and further left is smaller: choose two (Ctrl + click) to lay their curves over each other.</source>
        <translation>历次运行并列比较，越靠下损伤越小，越靠左体积越小：选择两项（Ctrl + 点击）可叠加它们的曲线。</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Of the export</source>
        <translation>导出模型的</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原模型</translation>
    </message>
    <message>
        <source>Perplexity of the original</source>
        <translation>原模型的困惑度</translation>
    </message>
    <message>
        <source>Calibrated with %1</source>
        <translation>校准数据：%1</translation>
    </message>
    <message>
        <source>Took %1</source>
        <translation>用时 %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::DivergencePlot</name>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>99.9 %</source>
        <translation>99.9 %</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>over the tokens</source>
        <translation>按 token 统计</translation>
    </message>
    <message>
        <source>KL divergence, nats</source>
        <translation>KL 散度，nat</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>stems</source>
        <translation>茎线</translation>
    </message>
    <message>
        <source>%1: %2 nats</source>
        <translation>%1：%2 nat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ErrorPlot</name>
    <message>
        <source>smoothing strength α</source>
        <translation>平滑强度 α</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>相对输出误差</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>unsmoothed</source>
        <translation>未平滑</translation>
    </message>
    <message>
        <source>chosen = best</source>
        <translation>所选 = 最优</translation>
    </message>
    <message>
        <source>best %1</source>
        <translation>最优 %1</translation>
    </message>
    <message>
        <source>chosen %1</source>
        <translation>所选 %1</translation>
    </message>
    <message>
        <source>predicted, fitted</source>
        <translation>预测，已拟合</translation>
    </message>
    <message>
        <source>per channel, as used</source>
        <translation>逐通道（实际采用）</translation>
    </message>
    <message>
        <source>best strength %1</source>
        <translation>最优强度 %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ExportPage</name>
    <message>
        <source>Checks of the export</source>
        <translation>导出结果的检查</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>回答：%1</translation>
    </message>
    <message>
        <source>vLLM was started, asked and stopped.</source>
        <translation>vLLM 已启动、完成问答并停止。</translation>
    </message>
    <message>
        <source>Once a run is finished, its export is checked here against the rules of vLLM&apos;s loader.</source>
        <translation>运行完成后，将在此处按 vLLM 加载器的规则检查其导出结果。</translation>
    </message>
    <message>
        <source>Export of this run</source>
        <translation>此运行的导出</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Next run goes to</source>
        <translation>下次运行输出到(&amp;N)</translation>
    </message>
    <message>
        <source>Destination of the next run</source>
        <translation>下次运行的目标位置</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>Checked &amp;for</source>
        <translation>检查目标(&amp;F)</translation>
    </message>
    <message>
        <source>Target GPU</source>
        <translation>目标 GPU</translation>
    </message>
    <message>
        <source>&amp;Verify again</source>
        <translation>重新验证(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Start with</source>
        <translation>启动命令(&amp;S)</translation>
    </message>
    <message>
        <source>Command line that serves the export</source>
        <translation>部署导出结果的命令行</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Test in vLLM</source>
        <translation>用 vLLM 测试(&amp;T)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>Prompt of the test</source>
        <translation>测试用的提示词</translation>
    </message>
    <message>
        <source>The capital of France is</source>
        <translation>法国的首都是</translation>
    </message>
    <message>
        <source>What vLLM answered</source>
        <translation>vLLM 的回答</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1 (not there any more)</source>
        <translation>%1（已不存在）</translation>
    </message>
    <message>
        <source>&lt;b&gt;Not verified yet.&lt;/b&gt;</source>
        <translation>&lt;b&gt;尚未验证。&lt;/b&gt;</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;This export would not load:&lt;/b&gt; %n check(s) failed.</source>
        <translation>
            <numerusform>&lt;b&gt;此导出无法加载：&lt;/b&gt;%n 项检查失败。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM&lt;/b&gt;, with %n warning(s).</source>
        <translation>
            <numerusform>&lt;b&gt;可用于 vLLM&lt;/b&gt;，有 %n 条警告。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM.&lt;/b&gt; All %n check(s) passed.</source>
        <translation>
            <numerusform>&lt;b&gt;可用于 vLLM。&lt;/b&gt;%n 项检查全部通过。</numerusform>
        </translation>
    </message>
    <message>
        <source>To try the export here, install vLLM so that `vllm` is on the PATH, or set the program in the preferences.</source>
        <translation>若要在此试用导出结果，请安装 vLLM，使 `vllm` 位于 PATH 中，或在首选项中设置该程序。</translation>
    </message>
    <message>
        <source>Verifying …</source>
        <translation>正在验证…</translation>
    </message>
    <message>
        <source>Folder that receives the export</source>
        <translation>用于存放导出结果的文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>named after model and scheme, in the folder of exports</source>
        <translation>以模型和方案命名，位于导出文件夹中</translation>
    </message>
    <message>
        <source>Kernel: %1, as of %2.</source>
        <translation>内核：%1，截至 %2。</translation>
    </message>
    <message>
        <source>Whether the export loads, how well it runs on the chosen GPU, and the line that starts it: read failures first, then warnings.</source>
        <translation>导出能否加载、在所选 GPU 上运行得如何，以及启动它的命令：先看失败项，再看警告。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ForecastSection</name>
    <message>
        <source>Forecast</source>
        <translation>预估</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>峰值内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>No forecast for this model.</source>
        <translation>无法对此模型做出预估。</translation>
    </message>
    <message>
        <source>Open a model to see what a run would cost and bring.</source>
        <translation>打开模型以查看一次运行的代价与收益。</translation>
    </message>
    <message>
        <source>%1 → %2 (%3 %)</source>
        <translation>%1 → %2 (%3 %)</translation>
    </message>
    <message>
        <source>%1 free for it</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>%1 per token</source>
        <translation>每个 token %1</translation>
    </message>
    <message>
        <source>does not fit the target</source>
        <translation>目标容纳不下</translation>
    </message>
    <message>
        <source>%1 sequences</source>
        <translation>%1 个序列</translation>
    </message>
    <message>
        <source>choose a GPU as target</source>
        <translation>请选择一块 GPU 作为目标</translation>
    </message>
    <message>
        <source>about %1 here</source>
        <translation>在本机约需 %1</translation>
    </message>
    <message>
        <source>%1, but there are %2</source>
        <translation>%1，实际为 %2</translation>
    </message>
    <message>
        <source>%1, and %2 on the disk</source>
        <translation>%1，另有 %2 在磁盘上</translation>
    </message>
</context>
<context>
    <name>octavo::gui::FrontPlot</name>
    <message>
        <source>size of the whole model</source>
        <translation>整个模型的大小</translation>
    </message>
    <message>
        <source>best mixes</source>
        <translation>最优混合</translation>
    </message>
    <message>
        <source>one scheme for all</source>
        <translation>全部用同一方案</translation>
    </message>
    <message>
        <source>measured runs</source>
        <translation>已测量的运行</translation>
    </message>
    <message>
        <source>chosen mix</source>
        <translation>所选混合</translation>
    </message>
    <message>
        <source>%1
%2, %3: %4</source>
        <translation>%1
%2，%3：%4</translation>
    </message>
    <message>
        <source>foretold: %1</source>
        <translation>预测：%1</translation>
    </message>
    <message>
        <source>best mix of this size
%1, %2 bits per weight
%3: %4</source>
        <translation>该大小的最优混合
%1，每个权重 %2 位
%3：%4</translation>
    </message>
</context>
<context>
    <name>octavo::gui::HardwareBox</name>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n 核</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在检测…</translation>
    </message>
    <message>
        <source>No NVIDIA GPU was found.</source>
        <translation>未找到 NVIDIA GPU。</translation>
    </message>
    <message>
        <source>compute capability %1.%2 · %3 · driver %4</source>
        <translation>计算能力 %1.%2 · %3 · 驱动 %4</translation>
    </message>
    <message>
        <source>What would run here, as of %1. Quantizing works on any machine, also for a GPU elsewhere: choose that as target.</source>
        <translation>此处可运行的方案，截至 %1。任何机器都可以量化，也可以为别处的 GPU 量化：将其选为目标即可。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::InputOptionsBox</name>
    <message>
        <source>A scale per token</source>
        <translation>每个 token 一个缩放因子</translation>
    </message>
    <message>
        <source>One fixed scale</source>
        <translation>一个固定缩放因子</translation>
    </message>
    <message>
        <source>One fixed scale and zero point</source>
        <translation>固定缩放因子与零点</translation>
    </message>
    <message>
        <source>A fixed scale saves work while serving and costs accuracy.</source>
        <translation>固定缩放因子可减少推理开销，但会损失精度。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the magnitudes of inputs with a fixed scale: what lies beyond is clipped. 100 clips nothing.</source>
        <translation>针对使用固定缩放因子的输入幅值：超出部分将被截断。100 表示不截断。</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>百分位</translation>
    </message>
    <message>
        <source>Percentile of the inputs</source>
        <translation>输入的百分位</translation>
    </message>
    <message>
        <source>Scales of the inputs</source>
        <translation>输入的缩放因子</translation>
    </message>
</context>
<context>
    <name>octavo::gui::JobPanel</name>
    <message>
        <source>Reading the model</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Preparing the calibration data</source>
        <translation>正在准备校准数据</translation>
    </message>
    <message>
        <source>Calibrating and solving</source>
        <translation>正在校准与求解</translation>
    </message>
    <message>
        <source>Encoding the weights</source>
        <translation>正在编码权重</translation>
    </message>
    <message>
        <source>Writing the export</source>
        <translation>正在写出导出结果</translation>
    </message>
    <message>
        <source>Verifying the export</source>
        <translation>正在验证导出结果</translation>
    </message>
    <message>
        <source>Measuring against the original</source>
        <translation>正在与原模型对比测量</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>The last run is complete.</source>
        <translation>上次运行已完成。</translation>
    </message>
    <message>
        <source>The last run did not end well; the log says why.</source>
        <translation>上次运行未正常结束；原因见日志。</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>No run is going.</source>
        <translation>当前没有运行。</translation>
    </message>
    <message>
        <source>The shown run took %1.</source>
        <translation>所示运行耗时 %1。</translation>
    </message>
    <message>
        <source>layer %1 of %2</source>
        <translation>第 %1 层，共 %2 层</translation>
    </message>
    <message>
        <source>%1 elapsed</source>
        <translation>已用 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Goes on after the layers that the shown run had finished before it was interrupted</source>
        <translation>从所示运行中断前已完成的层之后继续</translation>
    </message>
    <message>
        <source>The last run is complete; its measurement was cancelled.</source>
        <translation>上次运行已完成；其测量已取消。</translation>
    </message>
    <message>
        <source>The last run was cancelled.</source>
        <translation>上次运行已取消。</translation>
    </message>
    <message>
        <source>Rounding every matrix by itself</source>
        <translation>正在逐个舍入矩阵</translation>
    </message>
    <message>
        <source>Measuring the sensitivity</source>
        <translation>正在测量敏感度</translation>
    </message>
    <message>
        <source>Writing text</source>
        <translation>正在生成文本</translation>
    </message>
    <message>
        <source>Forecasting the sensitivity from gradients</source>
        <translation>正在由梯度预测敏感度</translation>
    </message>
</context>
<context>
    <name>octavo::gui::KlBar</name>
    <message>
        <source>&amp;Quick pass</source>
        <translation>快速测量(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Thorough pass</source>
        <translation>细致测量(&amp;T)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>Measures it with 32 windows of 512 tokens: eight times the work, narrow intervals</source>
        <translation>用 32 个 512 token 的窗口测量：工作量为八倍，区间较窄</translation>
    </message>
    <message>
        <source>To measure the KL divergence, the original model must be where the run found it.</source>
        <translation>要测量 KL 散度，原模型必须仍在该运行所用的位置。</translation>
    </message>
    <message>
        <source>KL divergence measured on %1 tokens: %2 of %3 groups.</source>
        <translation>已在 %1 个 token 上测量 KL 散度：%3 组中的 %2 组。</translation>
    </message>
    <message>
        <source>Measuring the KL divergence …</source>
        <translation>正在测量 KL 散度…</translation>
    </message>
    <message>
        <source>Measuring the KL divergence: %1 %, about %2 left</source>
        <translation>正在测量 KL 散度：%1 %，剩余约 %2</translation>
    </message>
    <message>
        <source>Measuring the KL divergence: %1 %</source>
        <translation>正在测量 KL 散度：%1 %</translation>
    </message>
    <message>
        <source>Quantizes one group of matrices at a time and measures the KL divergence of the logits with 8 windows of 256 tokens: wide intervals, good enough to find the worst</source>
        <translation>每次只量化一组矩阵，并用 8 个 256 token 的窗口测量 logits 的 KL 散度：区间较宽，足以找出最差的组</translation>
    </message>
    <message>
        <source>KL divergence not measured yet.</source>
        <translation>尚未测量 KL 散度。</translation>
    </message>
    <message>
        <source>The KL divergence can be measured when the run is complete.</source>
        <translation>运行完成后即可测量 KL 散度。</translation>
    </message>
    <message>
        <source>&amp;Forecast</source>
        <translation>预测(&amp;F)</translation>
    </message>
    <message>
        <source>Forecasts the KL divergence of all groups from the gradients of the unquantized model, in one walk through it and back: much faster than measuring, and good enough to rank them</source>
        <translation>由未量化模型的梯度预测所有组的 KL 散度，只需在模型中前向和反向各走一遍：比测量快得多，足以排出名次</translation>
    </message>
    <message>
        <source>KL divergence forecast for %1 of %2 groups.</source>
        <translation>已预测 %2 组中 %1 组的 KL 散度。</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence …</source>
        <translation>正在预测 KL 散度……</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence: %1 %, about %2 left</source>
        <translation>正在预测 KL 散度：%1 %，大约还需 %2</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence: %1 %</source>
        <translation>正在预测 KL 散度：%1 %</translation>
    </message>
    <message>
        <source>No run of this model in %1 has its checkpoint still: quantize to it first, or measure rounded matrices.</source>
        <translation>该模型没有仍保留检查点的 %1 运行：请先量化为该方案，或测量舍入后的矩阵。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LayerPanel</name>
    <message>
        <source>Filter, e.g. down_proj</source>
        <translation>筛选，例如 down_proj</translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation>筛选层</translation>
    </message>
    <message>
        <source>Layers and matrices</source>
        <translation>层与矩阵</translation>
    </message>
    <message>
        <source>%1 changed with it: vLLM runs q, k, v as one matrix, and gate, up as another.</source>
        <translation>%1 也随之更改：vLLM 将 q、k、v 合为一个矩阵运行，gate、up 亦然。</translation>
    </message>
    <message>
        <source>Keep in 16 bit</source>
        <translation>保持 16 位</translation>
    </message>
    <message>
        <source>Set scheme</source>
        <translation>设置方案</translation>
    </message>
    <message>
        <source>As the recipe says</source>
        <translation>按配方</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation>全部折叠</translation>
    </message>
    <message>
        <source>Set algorithm</source>
        <translation>设置算法</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>就近舍入</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LayerTreeModel</name>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>mixed</source>
        <comment>several schemes in one layer</comment>
        <translation>混合</translation>
    </message>
    <message>
        <source>%1 outputs × %2 inputs</source>
        <translation>%1 个输出 × %2 个输入</translation>
    </message>
    <message>
        <source>vLLM runs %1 as one matrix: they change together.</source>
        <translation>vLLM 将 %1 合为一个矩阵运行：它们一起更改。</translation>
    </message>
    <message>
        <source>What the recipe does with it; “a → b” where the shown run did something else.</source>
        <translation>配方对它的处理；若所示运行的处理不同，则显示“a → b”。</translation>
    </message>
    <message>
        <source>Weights and scales on disk under the recipe.</source>
        <translation>按此配方在磁盘上的权重与缩放因子。</translation>
    </message>
    <message>
        <source>Relative output error tr(ΔW H ΔWᵀ) / tr(W H Wᵀ); of a layer, its worst matrix.</source>
        <translation>相对输出误差 tr(ΔW H ΔWᵀ) / tr(W H Wᵀ)；层取其最差的矩阵。</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Rel. error</source>
        <translation>相对误差</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>损伤</translation>
    </message>
    <message>
        <source>Share of the summed KL divergences that quantizing each group alone causes; fused matrices share what their group was measured with.</source>
        <translation>各组单独量化所引起的 KL 散度之和中的占比；融合的矩阵平分其所在组的测量值。</translation>
    </message>
    <message>
        <source>Share of the summed relative errors of all matrices. Measure the KL divergence on the Sensitivity page to see what they do to the answers.</source>
        <translation>在所有矩阵相对误差之和中的占比。在“敏感度”页面测量 KL 散度，可了解它们对回答的影响。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LogModel</name>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LogPanel</name>
    <message>
        <source>Lowest level shown</source>
        <translation>显示的最低级别</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Notes and worse</source>
        <translation>提示及以上</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告与错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>筛选日志</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Keep the newest line in view; off while you have scrolled up.</source>
        <translation>始终显示最新一行；向上滚动时关闭。</translation>
    </message>
    <message>
        <source>Save the log…</source>
        <translation>保存日志…</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Log files (*.log *.txt)</source>
        <translation>日志文件 (*.log *.txt)</translation>
    </message>
    <message>
        <source>The log could not be saved: %1</source>
        <translation>无法保存日志：%1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LossStrip</name>
    <message>
        <source>Relative output error per layer</source>
        <translation>各层相对输出误差</translation>
    </message>
    <message>
        <source>Layer %1: relative error %2</source>
        <translation>第 %1 层：相对误差 %2</translation>
    </message>
    <message>
        <source>Worst error per layer (log), %1 … %2</source>
        <translation>每层最大误差（对数），%1 … %2</translation>
    </message>
    <message>
        <source>Error per layer: none measured yet</source>
        <translation>每层误差：尚未测得</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Calibration data: %1</source>
        <translation>校准数据：%1</translation>
    </message>
    <message>
        <source>The settings file cannot be written.</source>
        <translation>无法写入设置文件。</translation>
    </message>
    <message>
        <source>Changes of preferences and layout hold until the window is closed.</source>
        <translation>首选项与布局的更改仅在关闭窗口前有效。</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>请先打开模型。</translation>
    </message>
    <message>
        <source>A run is going.</source>
        <translation>正在运行。</translation>
    </message>
    <message>
        <source>Quantize with this recipe, then measure the result</source>
        <translation>按此配方量化，然后测量结果</translation>
    </message>
    <message>
        <source>Octavo</source>
        <translation>Octavo</translation>
    </message>
    <message>
        <source>%1 – Octavo</source>
        <translation>%1 – Octavo</translation>
    </message>
    <message>
        <source>A run is going</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>Cancel the run and close? Nothing half-written stays behind.</source>
        <translation>取消运行并关闭？不会留下未写完的文件。</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>最近打开(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Recipe</source>
        <translation>配方(&amp;R)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>运行(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Main tools</source>
        <translation>主工具栏</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Open a run folder</source>
        <translation>打开运行文件夹</translation>
    </message>
    <message>
        <source>Calibration data</source>
        <translation>校准数据</translation>
    </message>
    <message>
        <source>The command line is in the clipboard.</source>
        <translation>命令行已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Save the page as picture</source>
        <translation>将页面保存为图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>The picture could not be saved: %1</source>
        <translation>无法保存图片：%1</translation>
    </message>
    <message>
        <source>Go on with the shown run</source>
        <translation>继续所示的运行</translation>
    </message>
    <message>
        <source>The shown run was not interrupted.</source>
        <translation>所示的运行没有中断。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MemoryPlot</name>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>memory of the weights</source>
        <translation>权重的内存</translation>
    </message>
    <message>
        <source>%1, %2
%3</source>
        <translation>%1，%2
%3</translation>
    </message>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in 16 bit</source>
        <translation>
            <numerusform>权重、%n 个 token 的 16 位 KV 缓存</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in FP8</source>
        <translation>
            <numerusform>权重、%n 个 token 的 FP8 KV 缓存</numerusform>
        </translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA 图</translation>
    </message>
    <message>
        <source>memory of each card while serving</source>
        <translation>服务时每张卡的显存</translation>
    </message>
    <message>
        <source>%1: %2, of which vLLM takes %3</source>
        <comment>card, its memory, a part of it</comment>
        <translation>%1：%2，其中 vLLM 使用 %3</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MessageBar</name>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>tensor %1</source>
        <translation>张量 %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>层 %1</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MixtureDialog</name>
    <message>
        <source>Data sets (*.jsonl *.json *.parquet *.txt);;All files (*)</source>
        <translation>数据集 (*.jsonl *.json *.parquet *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Calibration data from several sources</source>
        <translation>来自多个来源的校准数据</translation>
    </message>
    <message>
        <source>Samples are taken from each by its weight and shuffled together.</source>
        <translation>按权重从各来源取样，并一起打乱顺序。</translation>
    </message>
    <message>
        <source>source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add built-in chats</source>
        <translation>添加内置对话</translation>
    </message>
    <message>
        <source>Add text that the model writes</source>
        <translation>添加模型生成的文本</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Built-in chats</source>
        <translation>内置对话</translation>
    </message>
    <message>
        <source>Text that the model writes</source>
        <translation>模型自己生成的文本</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1 的权重</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ModelSection</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Open its model</source>
        <translation>打开其模型</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>没有打开的模型。</translation>
    </message>
    <message>
        <source>A run is shown. To quantize again, open its model.</source>
        <translation>正在显示一次运行。若要重新量化，请打开其模型。</translation>
    </message>
    <message>
        <source>A folder with config.json and safetensors files.</source>
        <translation>包含 config.json 与 safetensors 文件的文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n 层</numerusform>
        </translation>
    </message>
    <message>
        <source> parameters</source>
        <translation> 个参数</translation>
    </message>
    <message>
        <source>This model is quantized already; open the original instead.</source>
        <translation>此模型已量化；请打开原始模型。</translation>
    </message>
    <message>
        <source>Only data-free schemes: %1</source>
        <translation>仅限无需数据的方案：%1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::OptionsSection</name>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Stay in 16 bit: names, class names or re:patterns, separated by commas.</source>
        <translation>保持 16 位：名称、类名或 re:模式，以逗号分隔。</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Searched per layer</source>
        <translation>逐层搜索</translation>
    </message>
    <message>
        <source>Fixed strength</source>
        <translation>固定强度</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Moves outliers of the activations into the weights (SmoothQuant).</source>
        <translation>将激活值中的离群值转移到权重中 (SmoothQuant)。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Strength α</source>
        <translation>强度 α</translation>
    </message>
    <message>
        <source>Norms → q, k, v and gate, up</source>
        <translation>归一化 → q, k, v 与 gate, up</translation>
    </message>
    <message>
        <source>up → down</source>
        <translation>up → down</translation>
    </message>
    <message>
        <source>v → o</source>
        <translation>v → o</translation>
    </message>
    <message numerus="yes">
        <source>%n matrices have a scheme of their own.</source>
        <translation>
            <numerusform>%n 个矩阵有自己的方案。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inputs have a smoothing strength of their own.</source>
        <translation>
            <numerusform>%n 个输入有自己的平滑强度。</numerusform>
        </translation>
    </message>
    <message>
        <source>KV cache in FP8</source>
        <translation>FP8 KV 缓存</translation>
    </message>
    <message>
        <source>Scales of keys and values are calibrated and exported; vLLM then keeps the cache in half the memory.</source>
        <translation>键和值的缩放因子会被校准并导出；vLLM 的缓存内存随之减半。</translation>
    </message>
    <message>
        <source>Scale channels first (AWQ)</source>
        <translation>先缩放通道 (AWQ)</translation>
    </message>
    <message>
        <source>Channels whose inputs carry much are scaled up before the weights are rounded.</source>
        <translation>在对权重取整之前，先放大输入幅值较大的通道。</translation>
    </message>
    <message numerus="yes">
        <source>%n matrices are solved in a way of their own.</source>
        <translation>
            <numerusform>%n 个矩阵有自己的求解方式。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::Page</name>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>A run is going. This page fills when its results come in.</source>
        <translation>正在运行。结果到来时此页会填充内容。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ParetoPage</name>
    <message>
        <source>Groups of matrices and their schemes</source>
        <translation>矩阵组及其方案</translation>
    </message>
    <message>
        <source>A mix is chosen from measured sensitivities. Quantize the model once, then measure the schemes that may be mixed, here or on the page Sensitivity.</source>
        <translation>混合方案依据测得的敏感度来选择。请先量化一次模型，然后在此处或“敏感度”页面测量可以混合的方案。</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>大小(&amp;S)</translation>
    </message>
    <message>
        <source>Size of the whole model in MiB</source>
        <translation>整个模型的大小（MiB）</translation>
    </message>
    <message>
        <source>&amp;Exact</source>
        <translation>精确(&amp;E)</translation>
    </message>
    <message>
        <source>Looks for the optimum of this size by dynamic programming; the line is already within the difference that the sentence below names</source>
        <translation>用动态规划寻找该大小的最优解；曲线与最优解的差距已在下方句子所述范围内</translation>
    </message>
    <message>
        <source>Schemes</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Schemes to measure</source>
        <translation>要测量的方案</translation>
    </message>
    <message>
        <source>Which schemes the next pass measures; what is measured already is kept</source>
        <translation>下一轮要测量的方案；已测量的结果会保留</translation>
    </message>
    <message>
        <source>&amp;Calibrate</source>
        <translation>校准(&amp;C)</translation>
    </message>
    <message>
        <source>Scales the forecast by what the latest run of this model really measured</source>
        <translation>按该模型最近一次运行的实测值缩放预测</translation>
    </message>
    <message>
        <source>Re&amp;move pins</source>
        <translation>取消固定(&amp;M)</translation>
    </message>
    <message>
        <source>Quantize t&amp;his</source>
        <translation>按此量化(&amp;H)</translation>
    </message>
    <message>
        <source>Damage over size</source>
        <translation>损失与大小</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Of this group alone under its scheme</source>
        <translation>仅该组在其方案下的损失</translation>
    </message>
    <message>
        <source>predicted KL divergence, nats</source>
        <translation>预测的 KL 散度（nat）</translation>
    </message>
    <message>
        <source>sum of relative output errors</source>
        <translation>相对输出误差之和</translation>
    </message>
    <message>
        <source>sum of relative weight errors</source>
        <translation>相对权重误差之和</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Nothing is measured yet: choose schemes and start a pass.</source>
        <translation>尚未测量：请选择方案并开始一轮测量。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n group(s)</source>
        <translation>
            <numerusform>%1：%n 组</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 bits per weight, %3: %4. %5.</source>
        <translation>%1，每个权重 %2 位，%3：%4。%5。</translation>
    </message>
    <message>
        <source>No mix of this size does less damage.</source>
        <translation>该大小下没有损失更小的混合。</translation>
    </message>
    <message>
        <source>The optimum is at most %1 % better.</source>
        <translation>最优解最多再好 %1 %。</translation>
    </message>
    <message>
        <source>The forecast is scaled by %1.</source>
        <translation>预测已按 %1 缩放。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Mixed precision</source>
        <translation>混合精度</translation>
    </message>
    <message>
        <source>One group at least must be left to choose.</source>
        <translation>至少要留下一个组可供选择。</translation>
    </message>
    <message>
        <source>The least damage that each size can have, and the scheme of every group that reaches it: drag the chosen mix along the line, and click a cell of the map to pin a group.</source>
        <translation>每种大小可达到的最小损伤，以及达到它时各组的方案：沿曲线拖动所选组合，点击图中的单元格可固定一个组。</translation>
    </message>
    <message>
        <source>forecast KL divergence, nats</source>
        <translation>由梯度预测的 KL 散度，nat</translation>
    </message>
    <message>
        <source>As solved by their runs, not rounded</source>
        <translation>按其运行求解的结果，而非舍入</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PerplexityPlot</name>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 置信区间</translation>
    </message>
    <message>
        <source>before: perplexity %1</source>
        <translation>之前：困惑度 %1</translation>
    </message>
    <message>
        <source>after: perplexity %1 ± %2</source>
        <translation>之后：困惑度 %1 ± %2</translation>
    </message>
    <message>
        <source>perplexity, 95 % interval</source>
        <translation>困惑度，95 % 置信区间</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PhasePlot</name>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>tokenise</source>
        <translation>分词</translation>
    </message>
    <message>
        <source>calibrate and solve</source>
        <translation>校准与求解</translation>
    </message>
    <message>
        <source>encode</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>evaluate</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>%1: %2 s</source>
        <translation>%1：%2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>observe, Hessians</source>
        <translation>观测与 Hessian</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Cholesky</source>
        <translation>Cholesky</translation>
    </message>
    <message>
        <source>solve</source>
        <translation>求解</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>%1: %2 s; %3 s at the rate of large products and plain copies on this machine</source>
        <translation>%1：%2 s；按本机大型乘积和纯复制的速率为 %3 s</translation>
    </message>
    <message>
        <source>at the machine&apos;s limit</source>
        <translation>达到机器极限时</translation>
    </message>
    <message>
        <source>%1 s · %2 % of the limit</source>
        <translation>%1 s · 极限的 %2 %</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Plot</name>
    <message>
        <source>%1
%2: %3
%4: %5</source>
        <translation>%1
%2：%3
%4：%5</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PlotExport</name>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>lower quartile</source>
        <translation>下四分位数</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>upper quartile</source>
        <translation>上四分位数</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>%1 could not be written. Is the folder there and writable?</source>
        <translation>无法写入 %1。文件夹是否存在且可写？</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PlotMenu</name>
    <message>
        <source>Export plot</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>重置视图</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Drag draws a zoom rectangle</source>
        <translation>拖动绘制缩放矩形</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Copy data (CSV)</source>
        <translation>复制数据 (CSV)</translation>
    </message>
    <message>
        <source>Export as PNG…</source>
        <translation>导出为 PNG…</translation>
    </message>
    <message>
        <source>Export as SVG…</source>
        <translation>导出为 SVG…</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>导出为 PDF…</translation>
    </message>
    <message>
        <source>Export data as CSV…</source>
        <translation>将数据导出为 CSV…</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PreferencesDialog</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Significant digits</source>
        <translation>有效数字</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Windows measured after a run</source>
        <translation>运行后测量的窗口数</translation>
    </message>
    <message>
        <source>the whole text</source>
        <translation>全文</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>运行文件夹</translation>
    </message>
    <message>
        <source>Folder of exports</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>vLLM program</source>
        <translation>vLLM 程序</translation>
    </message>
    <message>
        <source>found on the PATH</source>
        <translation>从 PATH 查找</translation>
    </message>
    <message>
        <source>The settings file cannot be written: changes hold until the window is closed.</source>
        <translation>无法写入设置文件：更改仅在关闭窗口前有效。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RangePlot</name>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>input absmax</source>
        <translation>输入 absmax</translation>
    </message>
    <message>
        <source>before smoothing</source>
        <translation>平滑前</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>平滑后</translation>
    </message>
    <message>
        <source>input range</source>
        <translation>输入范围</translation>
    </message>
    <message>
        <source>|input|, 1–99 %</source>
        <translation>|输入|，1–99 %</translation>
    </message>
    <message>
        <source>input, 1–99 %</source>
        <translation>输入，1–99 %</translation>
    </message>
    <message>
        <source>, minimum</source>
        <translation>，最小值</translation>
    </message>
    <message>
        <source>, maximum</source>
        <translation>，最大值</translation>
    </message>
    <message>
        <source>, extremes</source>
        <translation>，极值</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RecipeEditor</name>
    <message>
        <source>Scheme %1</source>
        <translation>方案 %1</translation>
    </message>
    <message>
        <source>Keep %1 in 16 bit</source>
        <translation>将 %1 保持 16 位</translation>
    </message>
    <message numerus="yes">
        <source>%n matrices</source>
        <translation>
            <numerusform>%n 个矩阵</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>%1 = layer, %2 = scheme</comment>
        <translation>%1 改为 %2</translation>
    </message>
    <message>
        <source>%1 as the recipe says</source>
        <translation>%1 按配方</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smoothing strength of %1</source>
        <translation>%1 的平滑强度</translation>
    </message>
    <message>
        <source>Smoothing strength of all layers</source>
        <translation>所有层的平滑强度</translation>
    </message>
    <message>
        <source>Solver options</source>
        <translation>求解器选项</translation>
    </message>
    <message>
        <source>Ignore list</source>
        <translation>忽略列表</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Paste recipe</source>
        <translation>粘贴配方</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>%1 solved by GPTQ</source>
        <translation>%1 用 GPTQ 求解</translation>
    </message>
    <message>
        <source>%1 rounded to nearest</source>
        <translation>%1 就近舍入</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ResultsPage</name>
    <message>
        <source>Figures of the run</source>
        <translation>运行的指标</translation>
    </message>
    <message>
        <source>What quantization saved and what it cost, measured on the exported files against the original on the same text.</source>
        <translation>量化节省了什么、代价是什么：以导出的文件与原模型在同一文本上对比测量。</translation>
    </message>
    <message>
        <source>A finished run shows here what it saved and what it cost: memory by kind, perplexity with its uncertainty, divergence, and where in a text the damage sits.</source>
        <translation>完成的运行会在此显示其收益与代价：各类内存、困惑度及其不确定度、散度，以及损伤在文本中的位置。</translation>
    </message>
    <message>
        <source>&amp;Measure accuracy</source>
        <translation>测量精度(&amp;M)</translation>
    </message>
    <message>
        <source>Evaluates the export against the original model on the built-in text; both folders must still be there</source>
        <translation>在内置文本上将导出结果与原模型对比评测；两个文件夹都必须仍然存在</translation>
    </message>
    <message>
        <source>Along the text</source>
        <translation>沿文本</translation>
    </message>
    <message>
        <source>Memory before and after</source>
        <translation>量化前后的内存</translation>
    </message>
    <message>
        <source>Seconds by phase</source>
        <translation>各阶段耗时（秒）</translation>
    </message>
    <message>
        <source>Perplexity before and after</source>
        <translation>量化前后的困惑度</translation>
    </message>
    <message>
        <source>KL divergence over the tokens</source>
        <translation>各 token 的 KL 散度</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The accuracy of this run has not been measured.</source>
        <translation>尚未测量此运行的精度。</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>ratio %1 ± %2 (standard error)</source>
        <translation>比值 %1 ± %2（标准误差）</translation>
    </message>
    <message>
        <source>%1 scored tokens of %2, %3 windows of %4 tokens, BOS: %5</source>
        <translation>%2 的 %1 个评分 token，%3 个窗口，每个 %4 个 token，BOS：%5</translation>
    </message>
    <message>
        <source>KL divergence, mean</source>
        <translation>KL 散度，均值</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nat</translation>
    </message>
    <message>
        <source>± %1, 99 %: %2</source>
        <translation>± %1，99 %：%2</translation>
    </message>
    <message>
        <source>same most likely token</source>
        <translation>最可能 token 一致</translation>
    </message>
    <message>
        <source>of %1 tokens</source>
        <translation>共 %1 个 token</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>权重：%1</translation>
    </message>
    <message numerus="yes">
        <source>KV cache, %n tokens</source>
        <translation>
            <numerusform>KV 缓存，%n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>perplexity ratio ± standard error</source>
        <translation>困惑度比值 ± 标准误差</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>KL divergence, mean ± standard error, nats</source>
        <translation>KL 散度，均值 ± 标准误差，nat</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>90 %</source>
        <translation>90 %</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>99.9 %</source>
        <translation>99.9 %</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>KL divergence, %1, nats</source>
        <translation>KL 散度，%1，nat</translation>
    </message>
    <message>
        <source>scored tokens</source>
        <translation>评分的 token</translation>
    </message>
    <message>
        <source>seconds: %1</source>
        <translation>秒数：%1</translation>
    </message>
    <message>
        <source>peak memory of the run</source>
        <translation>运行的峰值内存</translation>
    </message>
    <message>
        <source>peak GPU memory of the run</source>
        <translation>运行的 GPU 峰值内存</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>This run was cancelled.</source>
        <translation>此运行已取消。</translation>
    </message>
    <message>
        <source>This run is still going, or ended abruptly.</source>
        <translation>此运行仍在进行，或已意外中止。</translation>
    </message>
    <message>
        <source>This run failed: %1</source>
        <translation>此运行失败：%1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>%1 (%2 % of the machine&apos;s limit)</source>
        <translation>%1（机器极限的 %2 %）</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RunOverlay</name>
    <message>
        <source>token %1</source>
        <translation>第 %1 个 token</translation>
    </message>
    <message>
        <source>matrix, in execution order</source>
        <translation>矩阵，按执行顺序</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>相对输出误差</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>absmax after smoothing, %1</source>
        <translation>平滑后的 absmax，%1</translation>
    </message>
    <message>
        <source>scored token</source>
        <translation>所评分的 token</translation>
    </message>
    <message>
        <source>Δ loss, nats</source>
        <translation>Δ 损失，nat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RunScatter</name>
    <message>
        <source>%1
%2, %3: %4</source>
        <translation>%1
%2，%3：%4</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>weights after quantization</source>
        <translation>量化后的权重</translation>
    </message>
    <message>
        <source>mean KL divergence, nats</source>
        <translation>平均 KL 散度，nat</translation>
    </message>
    <message>
        <source>rise of perplexity, %</source>
        <translation>困惑度上升，%</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>所选</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SchemeList</name>
    <message>
        <source>INT%1</source>
        <translation>INT%1</translation>
    </message>
    <message>
        <source>FP%1</source>
        <translation>FP%1</translation>
    </message>
    <message>
        <source>one scale per tensor</source>
        <translation>每个张量一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per channel</source>
        <translation>每个通道一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per token</source>
        <translation>每个 token 一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per %1 columns</source>
        <translation>每 %1 列一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per %1 columns and one per tensor</source>
        <translation>每 %1 列一个、每个张量一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per %1 × %2 block</source>
        <translation>每个 %1 × %2 块一个缩放因子</translation>
    </message>
    <message>
        <source>a scale per block</source>
        <translation>每块一个缩放因子</translation>
    </message>
    <message>
        <source>8-bit weights and activations</source>
        <translation>8 位权重与激活</translation>
    </message>
    <message>
        <source>8-bit weights only</source>
        <translation>仅 8 位权重</translation>
    </message>
    <message>
        <source>%1 weights, %2.</source>
        <translation>%1 权重，%2。</translation>
    </message>
    <message>
        <source>Activations stay in 16 bit.</source>
        <translation>激活保持 16 位。</translation>
    </message>
    <message>
        <source>%1 activations, scales fixed by calibration.</source>
        <translation>%1 激活，缩放因子由校准固定。</translation>
    </message>
    <message>
        <source>%1 activations, %2, found while serving.</source>
        <translation>%1 激活，%2，在推理时确定。</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>weight only</source>
        <comment>support of a scheme</comment>
        <translation>仅权重</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>unsupported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>On %1: %2</source>
        <translation>在 %1 上：%2</translation>
    </message>
    <message>
        <source>not yet</source>
        <comment>scheme that this version cannot make</comment>
        <translation>尚不支持</translation>
    </message>
    <message>
        <source>This version cannot make it yet.</source>
        <translation>此版本尚不能生成。</translation>
    </message>
    <message>
        <source>Narrower weights, quantized activations</source>
        <translation>更窄的权重，量化激活</translation>
    </message>
    <message>
        <source>Narrower weights only</source>
        <translation>仅更窄的权重</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SchemeMap</name>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>Bits per weight by layer and group</source>
        <translation>各层各组的每权重位数</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>%1 · %2
%3%4</source>
        <translation>%1 · %2
%3%4</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>，已固定</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SchemeSection</name>
    <message>
        <source>Scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 = support, %2 = reason</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SensitivityPage</name>
    <message>
        <source>Matrices by damage</source>
        <translation>按损伤排列的矩阵</translation>
    </message>
    <message>
        <source>Quantizing measures the damage of every matrix while it works; the ranking grows layer by layer.</source>
        <translation>量化过程中会测量每个矩阵的损伤；排名逐层增长。</translation>
    </message>
    <message>
        <source>&amp;Damage</source>
        <translation>损伤(&amp;D)</translation>
    </message>
    <message>
        <source>Measure of damage</source>
        <translation>损伤的度量</translation>
    </message>
    <message>
        <source>relative output error, as written</source>
        <translation>相对输出误差，按实际写出</translation>
    </message>
    <message>
        <source>relative output error, if only rounded</source>
        <translation>相对输出误差，若仅舍入</translation>
    </message>
    <message>
        <source>relative error of the weights alone</source>
        <translation>仅权重的相对误差</translation>
    </message>
    <message>
        <source>cumulative share, %</source>
        <translation>累计占比，%</translation>
    </message>
    <message>
        <source>Damage by layer and matrix</source>
        <translation>各层各矩阵的损伤</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>&amp;Worst</source>
        <translation>最差(&amp;W)</translation>
    </message>
    <message>
        <source>How many of the worst matrices</source>
        <translation>取多少个最差的矩阵</translation>
    </message>
    <message>
        <source>&amp;Keep in 16 bit</source>
        <translation>保持 16 位(&amp;K)</translation>
    </message>
    <message>
        <source>Excludes them from quantization in the recipe of the next run; can be undone</source>
        <translation>在下次运行的配方中将其排除在量化之外；可撤销</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>as written</source>
        <translation>实际写出</translation>
    </message>
    <message>
        <source>Relative output error of what was written</source>
        <translation>实际写出内容的相对输出误差</translation>
    </message>
    <message>
        <source>if rounded</source>
        <translation>若舍入</translation>
    </message>
    <message>
        <source>Relative output error if the weights had only been rounded</source>
        <translation>若权重仅作舍入时的相对输出误差</translation>
    </message>
    <message>
        <source>weights alone</source>
        <translation>仅权重</translation>
    </message>
    <message>
        <source>Relative error of the weights, without data</source>
        <translation>权重的相对误差，不使用数据</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>cumulative</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>saves</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>relative weight error</source>
        <translation>相对权重误差</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>相对输出误差</translation>
    </message>
    <message>
        <source>worst %1</source>
        <translation>最差的 %1 个</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>损伤</translation>
    </message>
    <message>
        <source>cumulative share</source>
        <translation>累计占比</translation>
    </message>
    <message>
        <source>Removes %1 % of the damage and costs %2.</source>
        <translation>消除 %1 % 的损伤，代价为 %2。</translation>
    </message>
    <message numerus="yes">
        <source>Includes %n partner(s) fused with them in vLLM.</source>
        <translation>
            <numerusform>包含 %n 个在 vLLM 中与其融合的矩阵。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1
rank %2, %3 %4 (%5 % of all)</source>
        <translation>%1
排名 %2，%3 %4（占总量 %5 %）</translation>
    </message>
    <message>
        <source>%1 · %2
%3</source>
        <translation>%1 · %2
%3</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>敏感度</translation>
    </message>
    <message>
        <source>KL divergence, this group alone</source>
        <translation>KL 散度，仅量化该组</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>KL divergence of the logits in nats when this group alone is quantized</source>
        <translation>仅量化该组时 logits 的 KL 散度，nat</translation>
    </message>
    <message>
        <source>KL from</source>
        <translation>KL 下限</translation>
    </message>
    <message>
        <source>Lower end of the 95 % interval</source>
        <translation>95 % 置信区间的下限</translation>
    </message>
    <message>
        <source>KL to</source>
        <translation>KL 上限</translation>
    </message>
    <message>
        <source>Upper end of the 95 % interval</source>
        <translation>95 % 置信区间的上限</translation>
    </message>
    <message>
        <source>same top</source>
        <translation>首位一致</translation>
    </message>
    <message>
        <source>Tokens whose most likely next token stays the same</source>
        <translation>最可能的下一 token 保持不变的比例</translation>
    </message>
    <message>
        <source>KL divergence, nats</source>
        <translation>KL 散度，nat</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 置信区间</translation>
    </message>
    <message>
        <source>Choose how many of the worst stay in 16 bit.</source>
        <translation>请选择最差的多少项保持 16 位。</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2; the most likely token stays for %3 %</source>
        <translation>95 % 置信区间 %1 至 %2；最可能的 token 有 %3 % 保持不变</translation>
    </message>
    <message>
        <source>16 bit, or not measured</source>
        <translation>16 位，或未测量</translation>
    </message>
    <message>
        <source>Which matrices quantization hurts most, worst first: where the cumulative line rises steeply, keeping a few matrices in 16 bit buys most of the accuracy back.</source>
        <translation>量化对哪些矩阵损伤最大，最严重的在前：累计曲线陡升处，只需把少数矩阵保持 16 位就能挽回大部分精度。</translation>
    </message>
    <message>
        <source>KL divergence, forecast from gradients</source>
        <translation>KL 散度，由梯度预测</translation>
    </message>
    <message>
        <source>KL forecast</source>
        <translation>KL 预测</translation>
    </message>
    <message>
        <source>The same as gradients of the unquantized model forecast it</source>
        <translation>同上，由未量化模型的梯度预测</translation>
    </message>
    <message>
        <source>KL divergence forecast, nats</source>
        <translation>预测的 KL 散度，nat</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95 % 置信区间 %1 至 %2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ServingTab</name>
    <message>
        <source>&amp;Card</source>
        <translation>显卡(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;ontext</source>
        <translation>上下文(&amp;O)</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> 个 token</translation>
    </message>
    <message>
        <source>&amp;Sequences</source>
        <translation>序列数(&amp;S)</translation>
    </message>
    <message>
        <source>Requests that are answered at once</source>
        <translation>同时回答的请求</translation>
    </message>
    <message>
        <source>&amp;KV cache</source>
        <translation>KV 缓存(&amp;K)</translation>
    </message>
    <message>
        <source>Ca&amp;rds</source>
        <translation>卡数(&amp;R)</translation>
    </message>
    <message>
        <source>Tensor parallelism: the model is split over so many cards; the bars are of each</source>
        <translation>张量并行：模型分布在这么多张卡上；条形为每张卡的数值</translation>
    </message>
    <message>
        <source>as exported</source>
        <translation>与导出一致</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>FP8</source>
        <translation>FP8</translation>
    </message>
    <message>
        <source>Memory of serving</source>
        <translation>服务所需显存</translation>
    </message>
    <message>
        <source>The memory of this card is not known: choose another.</source>
        <translation>此卡的显存未知：请选择其他卡。</translation>
    </message>
    <message>
        <source>The memory of serving follows from the model&apos;s config.json: open the model that the run was made from.</source>
        <translation>服务所需显存由模型的 config.json 得出：请打开此运行所用的模型。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Sequences of %1 tokens that fit at once: %2 before, %3 after.</source>
        <translation>可同时容纳的 %1 token 序列数：之前 %2，之后 %3。</translation>
    </message>
    <message>
        <source>What is planned here exceeds the limit by %1.</source>
        <translation>此处的计划超出上限 %1。</translation>
    </message>
    <message>
        <source>Estimated, good to some 10 % of the card; nothing was run.</source>
        <translation>估算值，误差约为显存的 10 %；未实际运行。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Session</name>
    <message>
        <source>this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>this machine (CPU)</source>
        <translation>本机 (CPU)</translation>
    </message>
    <message>
        <source>this machine (%1, %2.%3)</source>
        <comment>%1 = GPU name, %2.%3 = compute capability</comment>
        <translation>本机 (%1, %2.%3)</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>正在打开 %1 …</translation>
    </message>
    <message>
        <source>Making the sample model …</source>
        <translation>正在生成示例模型…</translation>
    </message>
    <message>
        <source>Making the sample model: %1 %</source>
        <translation>正在生成示例模型：%1 %</translation>
    </message>
    <message>
        <source>The run in %1 is complete; the Compare page lists it.</source>
        <translation>%1 中的运行已完成；“对比”页列有此运行。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SetupPanel</name>
    <message>
        <source>into %1</source>
        <translation>输出到 %1</translation>
    </message>
    <message>
        <source>%1 → %2, in about %3</source>
        <comment>weights before and after, duration of the run</comment>
        <translation>%1 → %2，约 %3</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SmoothingPage</name>
    <message>
        <source>Channels of the smoothing group</source>
        <translation>平滑组的通道</translation>
    </message>
    <message>
        <source>Quantizing with calibration data records the ranges of activations and weights that smoothing works with. This run has none yet.</source>
        <translation>使用校准数据量化时，会记录平滑所用的激活与权重范围。此运行尚无记录。</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>组(&amp;G)</translation>
    </message>
    <message>
        <source>Smoothing group</source>
        <translation>平滑组</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>通道的顺序</translation>
    </message>
    <message>
        <source>by channel</source>
        <translation>按通道</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>从大到小</translation>
    </message>
    <message>
        <source>Activation absmax per channel</source>
        <translation>各通道的激活 absmax</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Weight absmax per channel</source>
        <translation>各通道的权重 absmax</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Error over smoothing strength</source>
        <translation>误差随平滑强度的变化</translation>
    </message>
    <message>
        <source>Outlier ratio over the layers</source>
        <translation>各层的离群比</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>max / median</source>
        <translation>最大 / 中位数</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>activation before</source>
        <translation>平滑前激活</translation>
    </message>
    <message>
        <source>weight before</source>
        <translation>平滑前权重</translation>
    </message>
    <message>
        <source>scale at α</source>
        <translation>α 处的缩放因子</translation>
    </message>
    <message>
        <source>activation at α</source>
        <translation>α 处的激活</translation>
    </message>
    <message>
        <source>weight at α</source>
        <translation>α 处的权重</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: nothing recorded</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：无记录</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, smoothed with α %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;，以 α %2 平滑</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, left unsmoothed</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;，未平滑</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>preview at α</source>
        <translation>在 α 处的预览</translation>
    </message>
    <message>
        <source>after, as in this run</source>
        <translation>之后，与此运行相同</translation>
    </message>
    <message>
        <source>This run did not record the ranges of this input.</source>
        <translation>此运行未记录该输入的范围。</translation>
    </message>
    <message>
        <source>Largest over median channel: %1 before, %2 at α = %3.</source>
        <translation>最大通道与中位通道之比：平滑前 %1，α = %3 时为 %2。</translation>
    </message>
    <message>
        <source>Predicted error: %1 unsmoothed, %2 at this α.</source>
        <translation>预测误差：未平滑 %1，当前 α 为 %2。</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, every channel scaled by itself</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;，逐通道单独缩放</translation>
    </message>
    <message>
        <source>This run went on from the best strength to a scale per channel: expected error %1. Drag the slider to see what one strength would do instead.</source>
        <translation>此运行在最优强度的基础上进一步为每个通道求得缩放因子：预期误差 %1。拖动滑块可查看单一强度的效果。</translation>
    </message>
    <message>
        <source>Smoothing moves outliers from the activations into the weights: drag α until both pictures are flat and the error is near its lowest point.</source>
        <translation>平滑把离群值从激活转移到权重：拖动 α，直到两幅图都平坦且误差接近最低点。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SolverOptionsBox</name>
    <message>
        <source>Solver</source>
        <translation>求解器</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>就近舍入</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>缩放因子</translation>
    </message>
    <message>
        <source>How the scale of a row or of a group is found.</source>
        <translation>如何确定一行或一组的缩放因子。</translation>
    </message>
    <message>
        <source>From the extremes</source>
        <translation>由极值确定</translation>
    </message>
    <message>
        <source>By least error</source>
        <translation>按最小误差</translation>
    </message>
    <message>
        <source>By least error, weighted by the input</source>
        <translation>按输入加权的最小误差</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the mean of the Hessian&apos;s diagonal. Raised by itself where the Hessian is not definite; the report says so.</source>
        <translation>相对于 Hessian 对角线均值。Hessian 不正定时自动提高，并在报告中说明。</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>校正</translation>
    </message>
    <message>
        <source>Runs the original model beside the other and solves for its outputs: slower.</source>
        <translation>同时运行原模型，并以其输出为求解目标：更慢。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Of each input</source>
        <translation>针对各输入</translation>
    </message>
    <message>
        <source>Of the residual stream</source>
        <translation>针对残差流</translation>
    </message>
    <message>
        <source>How often every code and scale is moved to where the error is least, after the solve.</source>
        <translation>求解之后，将每个编码和缩放因子移到误差最小处的次数。</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>扫描次数</translation>
    </message>
    <message>
        <source>Columns by falling activation</source>
        <translation>按激活值从大到小处理列</translation>
    </message>
    <message>
        <source>Errors relative to each token</source>
        <translation>相对于每个 token 的误差</translation>
    </message>
    <message>
        <source>Counts errors of o and down relative to the residual stream, so that the few tokens with massive activations do not decide alone.</source>
        <translation>将 o 和 down 的误差相对于残差流计算，避免由少数激活极大的 token 单独决定结果。</translation>
    </message>
    <message>
        <source>By how much each number of the Hessian&apos;s diagonal grows. Makes less of what channels have in common, which few tokens, or tokens of another kind, tell little about.</source>
        <translation>Hessian 对角线上每个数增大的比例。减弱通道之间共性的影响：token 太少或类型不同时，这些共性并不可靠。</translation>
    </message>
    <message>
        <source>Shrinkage</source>
        <translation>收缩</translation>
    </message>
</context>
<context>
    <name>octavo::gui::StartPage</name>
    <message>
        <source>Octavo</source>
        <translation>Octavo</translation>
    </message>
    <message>
        <source>See what quantization does to a language model, do it, and export it for vLLM.</source>
        <translation>查看量化对语言模型的影响，执行量化，并为 vLLM 导出。</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>A Hugging Face folder: config.json and safetensors</source>
        <translation>Hugging Face 文件夹：config.json 与 safetensors</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>打开运行…</translation>
    </message>
    <message>
        <source>Made here or by octavo-cli elsewhere; needs no model</source>
        <translation>在本机或由其他机器上的 octavo-cli 生成；不需要模型</translation>
    </message>
    <message>
        <source>Try the sample model</source>
        <translation>试用示例模型</translation>
    </message>
    <message>
        <source>SmolLM2-135M-Instruct, made on the spot if it is not there</source>
        <translation>SmolLM2-135M-Instruct，若不存在则当场生成</translation>
    </message>
    <message>
        <source>Or drop a model folder, a run or a data set anywhere on this window.</source>
        <translation>也可将模型文件夹、运行或数据集拖放到此窗口的任意位置。</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>最近的模型</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>最近的运行</translation>
    </message>
</context>
<context>
    <name>octavo::gui::StatusLine</name>
    <message>
        <source>Memory that this program occupies now</source>
        <translation>本程序当前占用的内存</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>通道 %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>内存 %1</translation>
    </message>
    <message>
        <source>GPU %1 of %2</source>
        <comment>memory of a graphics card</comment>
        <translation>GPU %1 / %2</translation>
    </message>
    <message>
        <source>Memory that all programs occupy on %1 now</source>
        <translation>所有程序当前在 %1 上占用的内存</translation>
    </message>
</context>
<context>
    <name>octavo::gui::StrengthBar</name>
    <message>
        <source>S&amp;trength α</source>
        <translation>强度 α(&amp;T)</translation>
    </message>
    <message>
        <source>Smoothing strength</source>
        <translation>平滑强度</translation>
    </message>
    <message>
        <source>0 moves everything towards the activations, 1 moves all outliers into the weights; the plots follow while you drag</source>
        <translation>0 将一切移向激活，1 将所有离群值移入权重；拖动时图表随之更新</translation>
    </message>
    <message>
        <source>Smoothing strength as a number</source>
        <translation>平滑强度的数值</translation>
    </message>
    <message>
        <source>Use for this &amp;layer</source>
        <translation>用于此层(&amp;L)</translation>
    </message>
    <message>
        <source>Pins this strength for the selected smoothing group in the recipe of the next run</source>
        <translation>在下次运行的配方中为所选平滑组固定此强度</translation>
    </message>
    <message>
        <source>Use for &amp;all layers</source>
        <translation>用于所有层(&amp;A)</translation>
    </message>
    <message>
        <source>Gives every smoothing group this strength in the recipe of the next run</source>
        <translation>在下次运行的配方中为每个平滑组设置此强度</translation>
    </message>
</context>
<context>
    <name>octavo::gui::TargetBox</name>
    <message>
        <source>Target GPU</source>
        <translation>目标 GPU</translation>
    </message>
    <message>
        <source>The machine that will serve the result. Schemes are judged for it, memory is planned for it.</source>
        <translation>将部署量化结果的机器。方案据此评判，内存据此规划。</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>%1 = GPU name (capability), %2 = memory</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::TargetSection</name>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Serve on</source>
        <translation>部署于</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> 个 token</translation>
    </message>
    <message>
        <source>Length of one sequence when serving; decides how many fit at once.</source>
        <translation>推理时单个序列的长度；决定可同时容纳的数量。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
</context>
<context>
    <name>octavo::gui::TextDamage</name>
    <message>
        <source>Worst passages</source>
        <translation>最差的段落</translation>
    </message>
    <message>
        <source>Loss difference along the text</source>
        <translation>沿文本的损失差</translation>
    </message>
    <message>
        <source>scored token</source>
        <translation>评分的 token</translation>
    </message>
    <message>
        <source>Δ loss, nats</source>
        <translation>Δ 损失，nat</translation>
    </message>
    <message>
        <source>at token</source>
        <translation>token 位置</translation>
    </message>
    <message>
        <source>loss difference</source>
        <translation>损失差</translation>
    </message>
    <message>
        <source>Mean over the passage, nats per token</source>
        <translation>段落内的均值，每个 token 的 nat 数</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>loss difference, mean of a block</source>
        <translation>损失差，块均值</translation>
    </message>
    <message>
        <source>at the worst token</source>
        <translation>在最差的 token 处</translation>
    </message>
    <message>
        <source>Most likely there: of the original → of the quantized model</source>
        <translation>此处最可能的 token：原模型 → 量化模型</translation>
    </message>
    <message>
        <source>The warmer a token&apos;s ground, the further its distribution moved</source>
        <translation>token 的底色越暖，其分布偏移越大</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ValueTable</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>octavo::gui::VllmTrial</name>
    <message>
        <source>Stopping vLLM …</source>
        <translation>正在停止 vLLM…</translation>
    </message>
    <message>
        <source>vLLM ended by itself with exit code %1. Its last lines say why.</source>
        <translation>vLLM 自行退出，退出码 %1。最后几行说明了原因。</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>无法启动 %1：%2</translation>
    </message>
    <message>
        <source>No free port on 127.0.0.1.</source>
        <translation>127.0.0.1 上没有空闲端口。</translation>
    </message>
    <message>
        <source>Starting vLLM; large models load for minutes …</source>
        <translation>正在启动 vLLM；大型模型加载需要数分钟…</translation>
    </message>
    <message>
        <source>vLLM is up; asking …</source>
        <translation>vLLM 已启动；正在提问…</translation>
    </message>
    <message>
        <source>vLLM did not answer the prompt: %1</source>
        <translation>vLLM 未回答提示词：%1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WeightsPage</name>
    <message>
        <source>Rows of the selected matrix</source>
        <translation>所选矩阵的行</translation>
    </message>
    <message>
        <source>Once matrices are quantized, this page shows how their weights use the grid and where the error sits.</source>
        <translation>矩阵量化后，本页显示其权重如何利用网格以及误差所在。</translation>
    </message>
    <message>
        <source>&amp;Matrix</source>
        <translation>矩阵(&amp;M)</translation>
    </message>
    <message>
        <source>Matrix of the selected layer</source>
        <translation>所选层的矩阵</translation>
    </message>
    <message>
        <source>&amp;Counts</source>
        <translation>计数(&amp;C)</translation>
    </message>
    <message>
        <source>Scale of the counts</source>
        <translation>计数的刻度</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Weights on their grid</source>
        <translation>网格上的权重</translation>
    </message>
    <message>
        <source>Scale per row</source>
        <translation>各行的缩放因子</translation>
    </message>
    <message>
        <source>Error per row</source>
        <translation>各行的误差</translation>
    </message>
    <message>
        <source>Error per input column</source>
        <translation>各输入列的误差</translation>
    </message>
    <message>
        <source>row (output)</source>
        <translation>行（输出）</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>缩放因子</translation>
    </message>
    <message>
        <source>share of the error, %</source>
        <translation>误差占比，%</translation>
    </message>
    <message>
        <source>input column (channel)</source>
        <translation>输入列（通道）</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>share of the error</source>
        <translation>误差占比</translation>
    </message>
    <message>
        <source>group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>error of the row</source>
        <translation>行误差</translation>
    </message>
    <message>
        <source>error of the column</source>
        <translation>列误差</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: not in this run</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：不在此运行中</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 · %3 × %4 · SQNR %5 dB</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2 · %3 × %4 · SQNR %5 dB</translation>
    </message>
    <message>
        <source>code (weight / scale)</source>
        <translation>编码（权重 / 缩放因子）</translation>
    </message>
    <message>
        <source>code value, from smallest to largest</source>
        <translation>编码值，从小到大</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>weights per code</source>
        <translation>每个编码的权重数</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>code %1
%2 weights (%3 %)</source>
        <translation>编码 %1
%2 个权重 (%3 %)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 of %2 codes used, %3 % at the ends</source>
        <translation>已用 %2 个编码中的 %1 个，%3 % 在两端</translation>
    </message>
    <message>
        <source>How the selected matrix sits on its grid: a full bell is good, a spike in the middle wastes codes, a wall at the ends clips, and rows or columns that stand out carry the damage.</source>
        <translation>所选矩阵在量化网格上的分布：饱满的钟形为佳，中间的尖峰浪费编码，两端的高墙意味着截断，突出的行或列承担了损伤。</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WhyPanel</name>
    <message>
        <source>What other choices would do</source>
        <translation>其他选择会带来什么</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>against now</source>
        <translation>与当前相比</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Choose a matrix of a run: in the tree, in a table or in a picture.</source>
        <translation>请选择某次运行的矩阵：可在层树、表格或图中选择。</translation>
    </message>
    <message>
        <source>This matrix keeps its 16 bits: it adds no error.</source>
        <translation>该矩阵保持 16 位：不会引入误差。</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 input channels carry %2 % of the error.</source>
        <translation>
            <numerusform>%1 个输入通道中有 %n 个承担了 %2 % 的误差。</numerusform>
        </translation>
    </message>
    <message>
        <source>The worst is channel %1.</source>
        <translation>最差的是通道 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 output rows carry %2 % of it.</source>
        <translation>
            <numerusform>%1 个输出行中有 %n 个承担了其中的 %2 %。</numerusform>
        </translation>
    </message>
    <message>
        <source>The largest channel of its input stands %1 × above the median, %2 × after smoothing.</source>
        <translation>其输入的最大通道是中位数的 %1 倍，平滑后为 %2 倍。</translation>
    </message>
    <message>
        <source>The largest channel of its input stands %1 × above the median; it was not smoothed.</source>
        <translation>其输入的最大通道是中位数的 %1 倍；未做平滑。</translation>
    </message>
    <message>
        <source>Smoothing removed %1 % of the error that its input would have had.</source>
        <translation>平滑消除了其输入本来会有的误差的 %1 %。</translation>
    </message>
    <message>
        <source>Smoothing changed next to nothing.</source>
        <translation>平滑几乎没有带来变化。</translation>
    </message>
    <message>
        <source>Solving left %1 % of the error that rounding alone would have left.</source>
        <translation>求解后剩余的误差是仅取整时的 %1 %。</translation>
    </message>
    <message>
        <source>Its Hessian was nearly singular: the damping had to be raised to %1 %.</source>
        <translation>其 Hessian 矩阵接近奇异：阻尼不得不提高到 %1 %。</translation>
    </message>
    <message>
        <source>The run recorded no errors for this matrix: it was made without data.</source>
        <translation>该运行未记录此矩阵的误差：它没有使用数据。</translation>
    </message>
    <message>
        <source>as written, %1</source>
        <translation>按写出的结果，%1</translation>
    </message>
    <message>
        <source>rounded to nearest</source>
        <translation>就近取整</translation>
    </message>
    <message>
        <source>not smoothed</source>
        <translation>不做平滑</translation>
    </message>
    <message>
        <source>smoothed at %1</source>
        <translation>以 %1 平滑</translation>
    </message>
    <message>
        <source>kept in 16 bit</source>
        <translation>保持 16 位</translation>
    </message>
    <message>
        <source>About %1 % of the directions of its input carry 90 % of the energy; the condition number of its Hessian is %2, damped by %3 %.</source>
        <translation>其输入约 %1 % 的方向承载 90 % 的能量；其 Hessian 的条件数为 %2，阻尼 %3 %。</translation>
    </message>
    <message>
        <source>output error</source>
        <translation>输出误差</translation>
    </message>
    <message>
        <source>Relative to the output, as the statistics of the run foretell it</source>
        <translation>相对于输出，由运行的统计量预测</translation>
    </message>
    <message>
        <source>scales by least error</source>
        <translation>按最小误差取比例</translation>
    </message>
    <message>
        <source>scales from the extremes</source>
        <translation>按极值取比例</translation>
    </message>
    <message numerus="yes">
        <source>groups of %n columns</source>
        <translation>
            <numerusform>每组 %n 列</numerusform>
        </translation>
    </message>
    <message>
        <source>one scale per row</source>
        <translation>每行一个比例</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WhyPlot</name>
    <message>
        <source>What other choices would do</source>
        <translation>其他选择的效果</translation>
    </message>
    <message>
        <source>Spectrum of the Hessian</source>
        <translation>Hessian 的谱</translation>
    </message>
    <message>
        <source>Error by input column</source>
        <translation>按输入列的误差</translation>
    </message>
    <message>
        <source>Error by output row</source>
        <translation>按输出行的误差</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>图中所示</translation>
    </message>
    <message>
        <source>The run recorded no spectrum: it was made without data, or by an earlier version.</source>
        <translation>此运行没有记录谱：它未使用数据，或由较早版本生成。</translation>
    </message>
    <message>
        <source>The run recorded no errors for this matrix: it was made without data.</source>
        <translation>此运行没有记录该矩阵的误差：它未使用数据。</translation>
    </message>
    <message>
        <source>input column</source>
        <translation>输入列</translation>
    </message>
    <message>
        <source>output row</source>
        <translation>输出行</translation>
    </message>
    <message>
        <source>directions, % of all</source>
        <translation>方向，占全部的 %</translation>
    </message>
    <message>
        <source>eigenvalue ÷ mean</source>
        <translation>特征值 ÷ 均值</translation>
    </message>
    <message>
        <source>eigenvalues</source>
        <translation>特征值</translation>
    </message>
    <message>
        <source>damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>share of the error, %</source>
        <translation>误差占比，%</translation>
    </message>
    <message>
        <source>Error in act-order</source>
        <translation>按激活顺序的误差</translation>
    </message>
    <message>
        <source>input columns by falling energy</source>
        <translation>按能量递减的输入列</translation>
    </message>
    <message>
        <source>share of all up to here, %</source>
        <translation>累计占比，%</translation>
    </message>
    <message>
        <source>energy of the input</source>
        <translation>输入的能量</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
</context>
</TS>

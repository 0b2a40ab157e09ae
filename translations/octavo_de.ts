<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Format</name>
    <message>
        <source>under 1 s</source>
        <translation>unter 1 s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 B</source>
        <comment>billions, of parameters</comment>
        <translation>%1 Mrd.</translation>
    </message>
    <message>
        <source>%1 M</source>
        <comment>millions, of parameters</comment>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>attention input (q, k, v)</source>
        <translation>Attention-Eingang (q, k, v)</translation>
    </message>
    <message>
        <source>output projection input (o)</source>
        <translation>Eingang der Ausgabeprojektion (o)</translation>
    </message>
    <message>
        <source>MLP input (gate, up)</source>
        <translation>MLP-Eingang (gate, up)</translation>
    </message>
    <message>
        <source>down projection input (down)</source>
        <translation>Eingang der Down-Projektion (down)</translation>
    </message>
    <message>
        <source>shared expert: %1</source>
        <translation>gemeinsamer Experte: %1</translation>
    </message>
    <message>
        <source>expert %1: %2</source>
        <translation>Experte %1: %2</translation>
    </message>
    <message>
        <source>latent of the queries (q_b)</source>
        <translation>Latente der Abfragen (q_b)</translation>
    </message>
    <message>
        <source>latent of keys and values (kv_b)</source>
        <translation>Latente der Schlüssel und Werte (kv_b)</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>config.json and the weights do not belong together; fetch the model again.</source>
        <translation>config.json und die Gewichte gehören nicht zusammen; das Modell neu herunterladen.</translation>
    </message>
    <message>
        <source>The tensor is missing, but config.json asks for it</source>
        <translation>Der Tensor fehlt, aber config.json verlangt ihn</translation>
    </message>
    <message>
        <source>The tensor has the shape %1, but config.json asks for %2</source>
        <translation>Der Tensor hat die Form %1, aber config.json verlangt %2</translation>
    </message>
    <message>
        <source>The tensor holds %1 where numbers of floating type are expected</source>
        <translation>Der Tensor enthält %1, wo Gleitkommazahlen erwartet werden</translation>
    </message>
    <message>
        <source>The checkpoint holds layer %1, but config.json has only %2 layers</source>
        <translation>Der Checkpoint enthält Schicht %1, aber config.json hat nur %2 Schichten</translation>
    </message>
    <message>
        <source>The tensor has no place in %1 with this config.json; leaving it out would change the result</source>
        <translation>Der Tensor hat mit dieser config.json keinen Platz in %1; ihn wegzulassen würde das Ergebnis ändern</translation>
    </message>
    <message>
        <source>%1 is %2 where %3 is expected</source>
        <translation>%1 ist %2, erwartet wird: %3</translation>
    </message>
    <message>
        <source>Fetch config.json again or correct it.</source>
        <translation>config.json neu herunterladen oder berichtigen.</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>%1 fehlt</translation>
    </message>
    <message>
        <source>Fetch config.json again; it may be cut short or belong to another program.</source>
        <translation>config.json neu herunterladen; die Datei ist vielleicht abgeschnitten oder gehört zu einem anderen Programm.</translation>
    </message>
    <message>
        <source>Octavo does not know how to run a model with %1 = %2</source>
        <translation>Octavo kann kein Modell mit %1 = %2 ausführen</translation>
    </message>
    <message>
        <source>Data-free schemes such as FP8_DYNAMIC work for any architecture. If you are sure that this key does not change what the model computes, remove it from a copy of config.json.</source>
        <translation>Schemata ohne Daten wie FP8_DYNAMIC gehen mit jeder Architektur. Wenn sicher ist, dass dieser Schlüssel nichts an der Rechnung des Modells ändert, ihn aus einer Kopie von config.json entfernen.</translation>
    </message>
    <message>
        <source>The architecture %1 is not known</source>
        <translation>Die Architektur %1 ist nicht bekannt</translation>
    </message>
    <message>
        <source>Octavo runs %1. Data-free schemes such as FP8_DYNAMIC work for any architecture.</source>
        <translation>Octavo führt %1 aus. Schemata ohne Daten wie FP8_DYNAMIC gehen mit jeder Architektur.</translation>
    </message>
    <message>
        <source>Tensor %1 has %2 rows</source>
        <translation>Tensor %1 hat %2 Zeilen</translation>
    </message>
    <message>
        <source>Free some space or choose another folder, then repeat.</source>
        <translation>Platz schaffen oder anderen Ordner wählen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Check that the path exists and that you may use it.</source>
        <translation>Prüfen, ob der Pfad existiert und der Zugriff erlaubt ist.</translation>
    </message>
    <message>
        <source>The file is larger than the limit of %1 bytes</source>
        <translation>Die Datei ist größer als die Grenze von %1 Byte</translation>
    </message>
    <message>
        <source>The free space could not be read: %1</source>
        <translation>Der freie Speicherplatz ließ sich nicht ermitteln: %1</translation>
    </message>
    <message>
        <source>The JSON is nested more than %1 deep</source>
        <translation>Das JSON ist tiefer als %1 Ebenen verschachtelt</translation>
    </message>
    <message>
        <source>Use a file that was not tampered with.</source>
        <translation>Eine Datei verwenden, die nicht manipuliert wurde.</translation>
    </message>
    <message>
        <source>This is not valid JSON (byte %1)</source>
        <translation>Kein gültiges JSON (Byte %1)</translation>
    </message>
    <message>
        <source>Mend the file at this line or replace it with an intact copy.</source>
        <translation>Die Datei in dieser Zeile reparieren oder durch eine unversehrte Kopie ersetzen.</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>Die Datei fehlt</translation>
    </message>
    <message>
        <source>Check the path and that the folder is complete.</source>
        <translation>Prüfen, ob der Pfad stimmt und der Ordner vollständig ist.</translation>
    </message>
    <message>
        <source>The file is larger than the %1 bytes that such a file may have</source>
        <translation>Die Datei ist größer als die %1 Byte, die eine solche Datei haben darf</translation>
    </message>
    <message>
        <source>The file %1 of the installation is missing</source>
        <translation>Die Datei %1 der Installation fehlt</translation>
    </message>
    <message>
        <source>Install Octavo again, or set OCTAVO_RESOURCES to its resources folder.</source>
        <translation>Octavo neu installieren oder OCTAVO_RESOURCES auf seinen Ordner resources setzen.</translation>
    </message>
    <message>
        <source>%1 = %2 is out of range</source>
        <translation>%1 = %2 liegt außerhalb des erlaubten Bereichs</translation>
    </message>
    <message>
        <source>Fetch the file again.</source>
        <translation>Die Datei neu herunterladen.</translation>
    </message>
    <message>
        <source>The tensor has no place in a llama model</source>
        <translation>Der Tensor hat keinen Platz in einem llama-Modell</translation>
    </message>
    <message>
        <source>Fetch the original model that the GGUF was made from.</source>
        <translation>Das Originalmodell herunterladen, aus dem die GGUF-Datei gemacht wurde.</translation>
    </message>
    <message>
        <source>llama.block_count = %1 is more than the file has tensors</source>
        <translation>llama.block_count = %1 ist mehr, als die Datei Tensoren hat</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape contradicts the sizes in the header</source>
        <translation>Die Form des Tensors widerspricht den Größen im Kopf der Datei</translation>
    </message>
    <message>
        <source>The tensor is missing</source>
        <translation>Der Tensor fehlt</translation>
    </message>
    <message>
        <source>The sizes of the attention heads contradict each other</source>
        <translation>Die Größen der Attention-Köpfe widersprechen einander</translation>
    </message>
    <message>
        <source>The folder could not be made: %1</source>
        <translation>Der Ordner ließ sich nicht anlegen: %1</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>The folder exists already</source>
        <translation>Der Ordner existiert schon</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>Einen neuen Ordner wählen.</translation>
    </message>
    <message>
        <source>Fetch the file again; compare its size with the one at its source.</source>
        <translation>Die Datei neu herunterladen; ihre Größe mit der an der Quelle vergleichen.</translation>
    </message>
    <message>
        <source>The file is cut off at byte %1</source>
        <translation>Die Datei ist bei Byte %1 abgeschnitten</translation>
    </message>
    <message>
        <source>The number %1 is too large</source>
        <translation>Die Zahl %1 ist zu groß</translation>
    </message>
    <message>
        <source>The value type %1 is not known</source>
        <translation>Der Wertetyp %1 ist nicht bekannt</translation>
    </message>
    <message>
        <source>Arrays of the value type %1 are not supported</source>
        <translation>Arrays des Wertetyps %1 werden nicht unterstützt</translation>
    </message>
    <message>
        <source>An array claims %1 entries, more than the file holds</source>
        <translation>Ein Array gibt %1 Einträge an, mehr als die Datei enthält</translation>
    </message>
    <message>
        <source>The tensor has %1 dimensions</source>
        <translation>Der Tensor hat %1 Dimensionen</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape is out of range</source>
        <translation>Die Form des Tensors liegt außerhalb des erlaubten Bereichs</translation>
    </message>
    <message>
        <source>The tensor is stored as ggml type %1, which is not supported</source>
        <translation>Der Tensor ist als ggml-Typ %1 gespeichert, der nicht unterstützt wird</translation>
    </message>
    <message>
        <source>Use a GGUF file in F32, F16, BF16, Q4_0, Q4_1 or Q8_0.</source>
        <translation>Eine GGUF-Datei in F32, F16, BF16, Q4_0, Q4_1 oder Q8_0 verwenden.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>This is not a GGUF file</source>
        <translation>Keine GGUF-Datei</translation>
    </message>
    <message>
        <source>GGUF version %1 is not supported</source>
        <translation>GGUF-Version %1 wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The file claims %1 tensors and %2 values</source>
        <translation>Die Datei gibt %1 Tensoren und %2 Werte an</translation>
    </message>
    <message>
        <source>The key %1 occurs twice</source>
        <translation>Der Schlüssel %1 kommt zweimal vor</translation>
    </message>
    <message>
        <source>The tensor occurs twice</source>
        <translation>Der Tensor kommt zweimal vor</translation>
    </message>
    <message>
        <source>The alignment %1 is out of range</source>
        <translation>Die Ausrichtung %1 liegt außerhalb des erlaubten Bereichs</translation>
    </message>
    <message>
        <source>The tensor&apos;s data lies outside of the file</source>
        <translation>Die Daten des Tensors liegen außerhalb der Datei</translation>
    </message>
    <message>
        <source>The value of %1 has an unexpected type</source>
        <translation>Der Wert von %1 hat einen unerwarteten Typ</translation>
    </message>
    <message>
        <source>The key %1 is missing</source>
        <translation>Der Schlüssel %1 fehlt</translation>
    </message>
    <message>
        <source>Octavo cannot convert a GGUF file with %1 = %2</source>
        <translation>Octavo kann keine GGUF-Datei mit %1 = %2 umwandeln</translation>
    </message>
    <message>
        <source>The tokenizer holds a text that is not valid UTF-8</source>
        <translation>Der Tokenizer enthält einen Text, der kein gültiges UTF-8 ist</translation>
    </message>
    <message>
        <source>%1 = %2 is not a token</source>
        <translation>%1 = %2 ist kein Token</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s lists differ in length</source>
        <translation>Die Listen des Tokenizers sind verschieden lang</translation>
    </message>
    <message>
        <source>The token %1 occurs twice</source>
        <translation>Das Token %1 kommt zweimal vor</translation>
    </message>
    <message>
        <source>The merge %1 does not name two pieces</source>
        <translation>Die Verschmelzung %1 nennt nicht zwei Stücke</translation>
    </message>
    <message>
        <source>This is not a folder</source>
        <translation>Das ist kein Ordner</translation>
    </message>
    <message>
        <source>The model folder does not exist</source>
        <translation>Der Modellordner existiert nicht</translation>
    </message>
    <message>
        <source>Give the folder that holds config.json and the *.safetensors files.</source>
        <translation>Den Ordner angeben, der config.json und die *.safetensors-Dateien enthält.</translation>
    </message>
    <message>
        <source>The folder has no config.json</source>
        <translation>Der Ordner hat keine config.json</translation>
    </message>
    <message>
        <source>Give the folder of a Hugging Face model: config.json with its *.safetensors files.</source>
        <translation>Den Ordner eines Hugging-Face-Modells angeben: config.json mit seinen *.safetensors-Dateien.</translation>
    </message>
    <message>
        <source>config.json is a link to a file that does not exist</source>
        <translation>config.json ist ein Verweis auf eine Datei, die nicht existiert</translation>
    </message>
    <message>
        <source>Download the model again.</source>
        <translation>Das Modell neu herunterladen.</translation>
    </message>
    <message>
        <source>config.json is not a JSON object</source>
        <translation>config.json ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>Replace it with an intact copy.</source>
        <translation>Durch eine unversehrte Kopie ersetzen.</translation>
    </message>
    <message>
        <source>The tensor is in %1 and again in this file</source>
        <translation>Der Tensor steht in %1 und nochmals in dieser Datei</translation>
    </message>
    <message>
        <source>Remove the shard that does not belong to the model.</source>
        <translation>Die Teildatei entfernen, die nicht zum Modell gehört.</translation>
    </message>
    <message>
        <source>The index says that the tensor is in this file, but it is not</source>
        <translation>Laut Index steht der Tensor in dieser Datei, dort fehlt er aber</translation>
    </message>
    <message>
        <source>Fetch the file and its index again.</source>
        <translation>Die Datei und ihren Index neu herunterladen.</translation>
    </message>
    <message>
        <source>The model holds no tensors</source>
        <translation>Das Modell enthält keine Tensoren</translation>
    </message>
    <message>
        <source>Fetch the model again.</source>
        <translation>Das Modell neu herunterladen.</translation>
    </message>
    <message>
        <source>Check that the model folder is complete and that config.json belongs to it.</source>
        <translation>Prüfen, ob der Modellordner vollständig ist und config.json dazugehört.</translation>
    </message>
    <message>
        <source>The folder could not be read: %1</source>
        <translation>Der Ordner ließ sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>Prüfen, ob er gelesen werden darf.</translation>
    </message>
    <message>
        <source>The file is cut off: %1 bytes are too few for a safetensors file</source>
        <translation>Die Datei ist abgeschnitten: %1 Byte sind zu wenig für eine safetensors-Datei</translation>
    </message>
    <message>
        <source>The header claims %1 bytes, more than the %2 that the format allows</source>
        <translation>Der Kopf der Datei gibt %1 Byte an, mehr als die %2, die das Format erlaubt</translation>
    </message>
    <message>
        <source>The file is cut off: its header claims %1 bytes, but only %2 follow</source>
        <translation>Die Datei ist abgeschnitten: Ihr Kopf gibt %1 Byte an, es folgen aber nur %2</translation>
    </message>
    <message>
        <source>The tensor&apos;s type and shape need %1 bytes, but its data is said to lie from %2 to %3</source>
        <translation>Typ und Form des Tensors brauchen %1 Byte, aber seine Daten sollen von %2 bis %3 liegen</translation>
    </message>
    <message>
        <source>The tensor&apos;s data ends at byte %1, but the file holds only %2 bytes of data</source>
        <translation>Die Daten des Tensors enden bei Byte %1, aber die Datei enthält nur %2 Byte Daten</translation>
    </message>
    <message>
        <source>The tensor&apos;s data overlaps that of %1</source>
        <translation>Die Daten des Tensors überlappen die von %1</translation>
    </message>
    <message>
        <source>%1 bytes in front of the tensor&apos;s data belong to no tensor</source>
        <translation>%1 Byte vor den Daten des Tensors gehören zu keinem Tensor</translation>
    </message>
    <message>
        <source>%1 bytes at the end of the file belong to no tensor</source>
        <translation>%1 Byte am Ende der Datei gehören zu keinem Tensor</translation>
    </message>
    <message>
        <source>The weight file is missing</source>
        <translation>Die Gewichtsdatei fehlt</translation>
    </message>
    <message>
        <source>Check that the model folder is complete.</source>
        <translation>Prüfen, ob der Modellordner vollständig ist.</translation>
    </message>
    <message>
        <source>%1 in the header is negative</source>
        <translation>%1 im Kopf der Datei ist negativ</translation>
    </message>
    <message>
        <source>%1 in the header is not a whole number of 64 bits</source>
        <translation>%1 im Kopf der Datei ist keine ganze Zahl von 64 Bit</translation>
    </message>
    <message>
        <source>The tensor has more than %1 dimensions</source>
        <translation>Der Tensor hat mehr als %1 Dimensionen</translation>
    </message>
    <message>
        <source>The dimension %1 is too large</source>
        <translation>Die Dimension %1 ist zu groß</translation>
    </message>
    <message>
        <source>data_offsets has more than two numbers</source>
        <translation>data_offsets hat mehr als zwei Zahlen</translation>
    </message>
    <message>
        <source>The tensor&apos;s type %1 is not supported</source>
        <translation>Der Typ %1 des Tensors wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The header has an unknown key %1</source>
        <translation>Der Kopf der Datei hat einen unbekannten Schlüssel %1</translation>
    </message>
    <message>
        <source>The header is not valid JSON (byte %1)</source>
        <translation>Der Kopf der Datei ist kein gültiges JSON (Byte %1)</translation>
    </message>
    <message>
        <source>The header names the tensor twice</source>
        <translation>Der Kopf der Datei nennt den Tensor zweimal</translation>
    </message>
    <message>
        <source>The header lacks dtype, shape or data_offsets of the tensor</source>
        <translation>Dem Kopf der Datei fehlt dtype, shape oder data_offsets des Tensors</translation>
    </message>
    <message>
        <source>The tensor&apos;s shape overflows 64 bits</source>
        <translation>Die Form des Tensors überschreitet 64 Bit</translation>
    </message>
    <message>
        <source>The header does not have the form of safetensors</source>
        <translation>Der Kopf der Datei hat nicht die Form von safetensors</translation>
    </message>
    <message>
        <source>Fetch the file again or save the model anew; it does not follow the safetensors format.</source>
        <translation>Die Datei neu herunterladen oder das Modell neu speichern; sie folgt nicht dem safetensors-Format.</translation>
    </message>
    <message>
        <source>A tensor would be written twice</source>
        <translation>Ein Tensor würde zweimal geschrieben</translation>
    </message>
    <message>
        <source>The file has no place for this tensor</source>
        <translation>Die Datei hat keinen Platz für diesen Tensor</translation>
    </message>
    <message>
        <source>%1 bytes are written to a tensor of %2</source>
        <translation>%1 Byte werden in einen Tensor von %2 geschrieben</translation>
    </message>
    <message>
        <source>Only %1 of the tensor&apos;s %2 bytes were written</source>
        <translation>Nur %1 der %2 Byte des Tensors wurden geschrieben</translation>
    </message>
    <message>
        <source>The index has no weight_map</source>
        <translation>Der Index hat keine weight_map</translation>
    </message>
    <message>
        <source>The index has two weight_maps</source>
        <translation>Der Index hat zwei weight_maps</translation>
    </message>
    <message>
        <source>The index names the tensor twice</source>
        <translation>Der Index nennt den Tensor zweimal</translation>
    </message>
    <message>
        <source>The index is not valid JSON (byte %1)</source>
        <translation>Der Index ist kein gültiges JSON (Byte %1)</translation>
    </message>
    <message>
        <source>Fetch the index again.</source>
        <translation>Den Index neu herunterladen.</translation>
    </message>
    <message>
        <source>The index is nested too deep</source>
        <translation>Der Index ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>The index does not name a file for the tensor</source>
        <translation>Der Index nennt keine Datei für den Tensor</translation>
    </message>
    <message>
        <source>The index is not a JSON object</source>
        <translation>Der Index ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The index names the file %1, which does not lie in the model folder</source>
        <translation>Der Index nennt die Datei %1, die nicht im Modellordner liegt</translation>
    </message>
    <message>
        <source>Do not use this model: intact indexes name plain files only.</source>
        <translation>Dieses Modell nicht verwenden: Unversehrte Indizes nennen nur einfache Dateinamen.</translation>
    </message>
    <message>
        <source>The index names the file %1, which is not a safetensors file</source>
        <translation>Der Index nennt die Datei %1, die keine safetensors-Datei ist</translation>
    </message>
    <message>
        <source>Fetch the model in safetensors format.</source>
        <translation>Das Modell im safetensors-Format herunterladen.</translation>
    </message>
    <message>
        <source>The index is missing or too large</source>
        <translation>Der Index fehlt oder ist zu groß</translation>
    </message>
    <message>
        <source>The index names %1, which is missing</source>
        <translation>Der Index nennt %1, aber diese Datei fehlt</translation>
    </message>
    <message>
        <source>Fetch the missing file; the download may have been interrupted.</source>
        <translation>Die fehlende Datei herunterladen; die Übertragung wurde vielleicht unterbrochen.</translation>
    </message>
    <message>
        <source>The weights are pickled (PyTorch .bin or .pt): such files can run any program when they are opened, so Octavo does not open them</source>
        <translation>Die Gewichte sind als Pickle gespeichert (PyTorch .bin oder .pt): Solche Dateien können beim Öffnen beliebige Programme ausführen, daher öffnet Octavo sie nicht</translation>
    </message>
    <message>
        <source>Fetch the safetensors version of the model, or convert it on a machine you can spare: transformers&apos; save_pretrained writes safetensors.</source>
        <translation>Die safetensors-Fassung des Modells herunterladen oder es auf einem entbehrlichen Rechner umwandeln: save_pretrained von transformers schreibt safetensors.</translation>
    </message>
    <message>
        <source>The folder holds a GGUF file, not safetensors</source>
        <translation>Der Ordner enthält eine GGUF-Datei, kein safetensors</translation>
    </message>
    <message>
        <source>The folder has no *.safetensors file</source>
        <translation>Der Ordner hat keine *.safetensors-Datei</translation>
    </message>
    <message>
        <source>Give the folder of a Hugging Face model whose download is complete.</source>
        <translation>Den Ordner eines vollständig heruntergeladenen Hugging-Face-Modells angeben.</translation>
    </message>
    <message>
        <source>There is no %1, and the *.safetensors files are not one complete set</source>
        <translation>%1 fehlt, und die *.safetensors-Dateien sind kein vollständiger Satz</translation>
    </message>
    <message>
        <source>Fetch the model again; %1 is missing or a shard is.</source>
        <translation>Das Modell neu herunterladen; %1 oder eine Teildatei fehlt.</translation>
    </message>
    <message>
        <source>The folder holds %1 and an index that does not name it: programs would not agree which weights are meant</source>
        <translation>Der Ordner enthält %1 und einen Index, der diese Datei nicht nennt: Programme wären uneins, welche Gewichte gemeint sind</translation>
    </message>
    <message>
        <source>Remove the one that is out of date.</source>
        <translation>Das Veraltete davon entfernen.</translation>
    </message>
    <message>
        <source>The file is a link that leads out of the model folder</source>
        <translation>Die Datei ist ein Verweis, der aus dem Modellordner hinausführt</translation>
    </message>
    <message>
        <source>Replace the link with the file it stands for, if you trust it.</source>
        <translation>Den Verweis durch die Datei ersetzen, auf die er zeigt, falls sie vertrauenswürdig ist.</translation>
    </message>
    <message>
        <source>The tensor does not have the shape or type of its scheme %1</source>
        <translation>Der Tensor hat nicht die Form oder den Typ seines Schemas %1</translation>
    </message>
    <message>
        <source>Verify the folder; it may be damaged or made by another tool.</source>
        <translation>Den Ordner prüfen; er ist vielleicht beschädigt oder von einem anderen Werkzeug gemacht.</translation>
    </message>
    <message>
        <source>The output cannot be a whole file system</source>
        <translation>Die Ausgabe kann kein ganzes Dateisystem sein</translation>
    </message>
    <message>
        <source>Name a new folder.</source>
        <translation>Einen neuen Ordner angeben.</translation>
    </message>
    <message>
        <source>The output lies inside the model folder</source>
        <translation>Die Ausgabe liegt im Modellordner</translation>
    </message>
    <message>
        <source>Choose a folder outside of it.</source>
        <translation>Einen Ordner außerhalb davon wählen.</translation>
    </message>
    <message>
        <source>The model folder lies inside the output</source>
        <translation>Der Modellordner liegt in der Ausgabe</translation>
    </message>
    <message>
        <source>Choose another output folder.</source>
        <translation>Einen anderen Ausgabeordner wählen.</translation>
    </message>
    <message>
        <source>The output exists and is not a folder</source>
        <translation>Die Ausgabe existiert und ist kein Ordner</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>The output folder exists already</source>
        <translation>Der Ausgabeordner existiert schon</translation>
    </message>
    <message>
        <source>Choose another name, or allow overwriting (--overwrite).</source>
        <translation>Einen anderen Namen wählen oder Überschreiben erlauben (--overwrite).</translation>
    </message>
    <message>
        <source>The output folder exists and does not hold a model</source>
        <translation>Der Ausgabeordner existiert und enthält kein Modell</translation>
    </message>
    <message>
        <source>Choose another folder: overwriting would delete its contents.</source>
        <translation>Einen anderen Ordner wählen: Überschreiben würde seinen Inhalt löschen.</translation>
    </message>
    <message>
        <source>The output folder cannot be created: %1</source>
        <translation>Der Ausgabeordner lässt sich nicht anlegen: %1</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Einen beschreibbaren Ordner wählen.</translation>
    </message>
    <message>
        <source>Free some space or choose a folder on another disk.</source>
        <translation>Platz schaffen oder einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <source>The folder above the output cannot be created: %1</source>
        <translation>Der Ordner über der Ausgabe lässt sich nicht anlegen: %1</translation>
    </message>
    <message>
        <source>The output folder appeared while the export was written</source>
        <translation>Der Ausgabeordner ist entstanden, während der Export geschrieben wurde</translation>
    </message>
    <message>
        <source>Choose another name and repeat.</source>
        <translation>Einen anderen Namen wählen und wiederholen.</translation>
    </message>
    <message>
        <source>%1 has no weight of its own, so it cannot be quantized</source>
        <translation>%1 hat kein eigenes Gewicht und lässt sich daher nicht quantisieren</translation>
    </message>
    <message>
        <source>Add it to the recipe&apos;s ignore list (a head that shares the embedding&apos;s weight stays as it is).</source>
        <translation>In die Auslassungsliste des Rezepts aufnehmen (ein Ausgabekopf, der sich das Gewicht mit dem Embedding teilt, bleibt, wie er ist).</translation>
    </message>
    <message>
        <source>The tensor does not have the shape that the configuration says</source>
        <translation>Der Tensor hat nicht die Form, die die Konfiguration angibt</translation>
    </message>
    <message>
        <source>The model has a tensor of a name that the export needs</source>
        <translation>Das Modell hat einen Tensor mit einem Namen, den der Export braucht</translation>
    </message>
    <message>
        <source>It may be quantized already.</source>
        <translation>Es ist vielleicht schon quantisiert.</translation>
    </message>
    <message>
        <source>The tensor does not belong into the export, or was written twice</source>
        <translation>Der Tensor gehört nicht in den Export oder wurde zweimal geschrieben</translation>
    </message>
    <message>
        <source>The tensor has %1 bytes instead of %2</source>
        <translation>Der Tensor hat %1 Byte statt %2</translation>
    </message>
    <message>
        <source>A quantized tensor was never written</source>
        <translation>Ein quantisierter Tensor wurde nie geschrieben</translation>
    </message>
    <message>
        <source>A matrix was written for a module that stays as it is</source>
        <translation>Eine Matrix wurde für ein Modul geschrieben, das unverändert bleibt</translation>
    </message>
    <message>
        <source>The matrix has %1 tensors instead of %2</source>
        <translation>Die Matrix hat %1 Tensoren statt %2</translation>
    </message>
    <message>
        <source>The matrix lacks a tensor of its scheme</source>
        <translation>Der Matrix fehlt ein Tensor ihres Schemas</translation>
    </message>
    <message>
        <source>An export was published before it was complete</source>
        <translation>Ein Export wurde veröffentlicht, bevor er vollständig war</translation>
    </message>
    <message>
        <source>The folder was damaged or comes from a tool that Octavo does not know.</source>
        <translation>Der Ordner wurde beschädigt oder stammt von einem Werkzeug, das Octavo nicht kennt.</translation>
    </message>
    <message>
        <source>The quantization arguments are not an object</source>
        <translation>Die Quantisierungsargumente sind kein Objekt</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a list</source>
        <translation>„%1“ ist keine Liste</translation>
    </message>
    <message>
        <source>&quot;%1&quot; holds something that is not a text</source>
        <translation>„%1“ enthält etwas, das kein Text ist</translation>
    </message>
    <message>
        <source>The group %1 is not an object</source>
        <translation>Die Gruppe %1 ist kein Objekt</translation>
    </message>
    <message>
        <source>The group %1 has no targets</source>
        <translation>Die Gruppe %1 hat keine Ziele</translation>
    </message>
    <message>
        <source>The group %1 says nothing about weights</source>
        <translation>Die Gruppe %1 sagt nichts über Gewichte</translation>
    </message>
    <message>
        <source>The group %1 has no format that holds quantized weights (&quot;%2&quot;)</source>
        <translation>Die Gruppe %1 hat kein Format für quantisierte Gewichte („%2“)</translation>
    </message>
    <message>
        <source>The quantization configuration is not an object</source>
        <translation>Die Quantisierungskonfiguration ist kein Objekt</translation>
    </message>
    <message>
        <source>The model is quantized by the method &quot;%1&quot;</source>
        <translation>Das Modell ist mit der Methode „%1“ quantisiert</translation>
    </message>
    <message>
        <source>Octavo reads compressed-tensors only.</source>
        <translation>Octavo liest nur compressed-tensors.</translation>
    </message>
    <message>
        <source>The quantization configuration has no groups</source>
        <translation>Die Quantisierungskonfiguration hat keine Gruppen</translation>
    </message>
    <message>
        <source>This version cannot read such a folder.</source>
        <translation>Diese Version kann einen solchen Ordner nicht lesen.</translation>
    </message>
    <message>
        <source>The configuration describes the tensors that are there</source>
        <translation>Die Konfiguration beschreibt die vorhandenen Tensoren</translation>
    </message>
    <message>
        <source>The architecture is not known here; matrices were found by their names</source>
        <translation>Die Architektur ist hier nicht bekannt; Matrizen wurden an ihren Namen erkannt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The folder could not be verified to the end: %1</source>
        <translation>Der Ordner ließ sich nicht zu Ende prüfen: %1</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Neu exportieren.</translation>
    </message>
    <message>
        <source>Export the folder again; vLLM would refuse it.</source>
        <translation>Den Ordner neu exportieren; vLLM würde ihn ablehnen.</translation>
    </message>
    <message>
        <source>%1.%2 has the key &quot;%3&quot;, which loaders refuse</source>
        <translation>%1.%2 hat den Schlüssel „%3“, den Ladeprogramme ablehnen</translation>
    </message>
    <message>
        <source>%1.%2 asks for the activation order %3, which is not served any more</source>
        <translation>%1.%2 verlangt die Aktivierungsreihenfolge %3, die nicht mehr unterstützt wird</translation>
    </message>
    <message>
        <source>Quantize with a static order or none.</source>
        <translation>Mit statischer Reihenfolge oder ohne quantisieren.</translation>
    </message>
    <message>
        <source>The group %1 has the key &quot;%2&quot;, which loaders refuse</source>
        <translation>Die Gruppe %1 hat den Schlüssel „%2“, den Ladeprogramme ablehnen</translation>
    </message>
    <message>
        <source>The cache scheme is one that vLLM takes</source>
        <translation>Das Cache-Schema ist eines, das vLLM annimmt</translation>
    </message>
    <message>
        <source>quant_method is %1 instead of &quot;compressed-tensors&quot;</source>
        <translation>quant_method ist %1 statt „compressed-tensors“</translation>
    </message>
    <message>
        <source>The quantization method is compressed-tensors</source>
        <translation>Die Quantisierungsmethode ist compressed-tensors</translation>
    </message>
    <message>
        <source>The format %1 is unknown</source>
        <translation>Das Format %1 ist unbekannt</translation>
    </message>
    <message>
        <source>The quantization status is %1 instead of &quot;compressed&quot;</source>
        <translation>Der Quantisierungsstatus ist %1 statt „compressed“</translation>
    </message>
    <message>
        <source>The weights are marked as compressed</source>
        <translation>Die Gewichte sind als komprimiert gekennzeichnet</translation>
    </message>
    <message>
        <source>Sparse formats are no longer served by vLLM</source>
        <translation>vLLM unterstützt dünnbesetzte Formate nicht mehr</translation>
    </message>
    <message>
        <source>Quantize the model without sparsity.</source>
        <translation>Das Modell ohne Dünnbesetzung quantisieren.</translation>
    </message>
    <message>
        <source>No sparse format</source>
        <translation>Kein dünnbesetztes Format</translation>
    </message>
    <message>
        <source>The group %1 is stored as %2, but its numbers belong into %3</source>
        <translation>Die Gruppe %1 ist als %2 gespeichert, aber ihre Zahlen gehören in %3</translation>
    </message>
    <message>
        <source>The configuration has no groups: nothing would be loaded as quantized</source>
        <translation>Die Konfiguration hat keine Gruppen: Nichts würde als quantisiert geladen</translation>
    </message>
    <message>
        <source>The group %1 has no format, though the model mixes several</source>
        <translation>Die Gruppe %1 hat kein Format, obwohl das Modell mehrere mischt</translation>
    </message>
    <message>
        <source>The group %1 cannot be used: %2</source>
        <translation>Die Gruppe %1 ist nicht verwendbar: %2</translation>
    </message>
    <message>
        <source>config.json has no quantization_config: loaders would take the codes for 16-bit weights</source>
        <translation>config.json hat keine quantization_config: Ladeprogramme hielten die Codes für 16-Bit-Gewichte</translation>
    </message>
    <message>
        <source>Export the folder again, or verify a quantized one.</source>
        <translation>Den Ordner neu exportieren oder einen quantisierten prüfen.</translation>
    </message>
    <message>
        <source>config.json says that the model is quantized</source>
        <translation>config.json weist das Modell als quantisiert aus</translation>
    </message>
    <message>
        <source>config.json names no architecture</source>
        <translation>config.json nennt keine Architektur</translation>
    </message>
    <message>
        <source>Copy &quot;architectures&quot; from the original config.json.</source>
        <translation>„architectures“ aus der ursprünglichen config.json übernehmen.</translation>
    </message>
    <message>
        <source>config.json names the architecture</source>
        <translation>config.json nennt die Architektur</translation>
    </message>
    <message>
        <source>It is not a text</source>
        <translation>Er ist kein Text</translation>
    </message>
    <message>
        <source>The entry %1 of &quot;ignore&quot; cannot be used: %2</source>
        <translation>Der Eintrag %1 von „ignore“ ist nicht verwendbar: %2</translation>
    </message>
    <message>
        <source>No keys that loaders refuse</source>
        <translation>Keine Schlüssel, die Ladeprogramme ablehnen</translation>
    </message>
    <message>
        <source>No activation order that is not served</source>
        <translation>Keine Aktivierungsreihenfolge, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>The format is %1</source>
        <translation>Das Format ist %1</translation>
    </message>
    <message>
        <source>Export the folder again.</source>
        <translation>Den Ordner neu exportieren.</translation>
    </message>
    <message>
        <source>One file of tensors, no index needed</source>
        <translation>Eine einzige Tensordatei, kein Index nötig</translation>
    </message>
    <message>
        <source>The index says that %1 is in %2, which is not there</source>
        <translation>Laut Index steht %1 in %2, dort fehlt der Tensor aber</translation>
    </message>
    <message>
        <source>The index does not know %1</source>
        <translation>Der Index kennt %1 nicht</translation>
    </message>
    <message>
        <source>The index gives %1 bytes for tensors of %2 bytes</source>
        <translation>Der Index gibt %1 Byte für Tensoren von %2 Byte an</translation>
    </message>
    <message>
        <source>The index names every tensor and file</source>
        <translation>Der Index nennt alle Tensoren und Dateien</translation>
    </message>
    <message>
        <source>%1 does not belong to the model, but loaders may read it</source>
        <translation>%1 gehört nicht zum Modell, Ladeprogramme lesen die Datei aber vielleicht</translation>
    </message>
    <message>
        <source>Move the file out of the folder.</source>
        <translation>Die Datei aus dem Ordner verschieben.</translation>
    </message>
    <message>
        <source>No file of tensors besides the model&apos;s</source>
        <translation>Keine Tensordatei außer denen des Modells</translation>
    </message>
    <message>
        <source>The tokenizer loads (%1 ids)</source>
        <translation>Der Tokenizer lässt sich laden (%1 IDs)</translation>
    </message>
    <message>
        <source>There is no tokenizer.json or tokenizer.model</source>
        <translation>Weder tokenizer.json noch tokenizer.model vorhanden</translation>
    </message>
    <message>
        <source>Serve with --tokenizer, or copy the original&apos;s files.</source>
        <translation>Mit --tokenizer betreiben oder die Dateien des Originals kopieren.</translation>
    </message>
    <message>
        <source>The tokenizer does not load: %1</source>
        <translation>Der Tokenizer lässt sich nicht laden: %1</translation>
    </message>
    <message>
        <source>Copy the tokenizer files of the original model.</source>
        <translation>Die Tokenizer-Dateien des Originalmodells kopieren.</translation>
    </message>
    <message>
        <source>No generation configuration: loaders use their defaults</source>
        <translation>Keine Generierungskonfiguration: Ladeprogramme nehmen ihre Vorgaben</translation>
    </message>
    <message>
        <source>generation_config.json is not a JSON object</source>
        <translation>generation_config.json ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The generation configuration can be read</source>
        <translation>Die Generierungskonfiguration ist lesbar</translation>
    </message>
    <message>
        <source>Copy generation_config.json of the original model, or remove it.</source>
        <translation>generation_config.json des Originalmodells kopieren oder entfernen.</translation>
    </message>
    <message>
        <source>The target &quot;%1&quot; of %2 matches no matrix</source>
        <translation>Das Ziel „%1“ von %2 passt auf keine Matrix</translation>
    </message>
    <message>
        <source>Check the names; the matrices meant may be loaded as 16-bit.</source>
        <translation>Die Namen prüfen; die gemeinten Matrizen werden sonst vielleicht mit 16 Bit geladen.</translation>
    </message>
    <message>
        <source>Every target matches</source>
        <translation>Jedes Ziel passt</translation>
    </message>
    <message>
        <source>The entry &quot;%1&quot; of &quot;ignore&quot; matches no matrix (class names do not count there)</source>
        <translation>Der Eintrag „%1“ von „ignore“ passt auf keine Matrix (Klassennamen zählen dort nicht)</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Den Namen prüfen.</translation>
    </message>
    <message>
        <source>Every entry of &quot;ignore&quot; matches</source>
        <translation>Jeder Eintrag von „ignore“ passt</translation>
    </message>
    <message>
        <source>No matrix is quantized by this configuration</source>
        <translation>Diese Konfiguration quantisiert keine Matrix</translation>
    </message>
    <message>
        <source>%1 and %2 are one matrix in vLLM, but their schemes differ</source>
        <translation>%1 und %2 sind in vLLM eine Matrix, aber ihre Schemata sind verschieden</translation>
    </message>
    <message>
        <source>Give both the same scheme.</source>
        <translation>Beiden dasselbe Schema geben.</translation>
    </message>
    <message>
        <source>Matrices that vLLM fuses share one scheme</source>
        <translation>Matrizen, die vLLM verschmilzt, haben dasselbe Schema</translation>
    </message>
    <message>
        <source>The router %1 is quantized</source>
        <translation>Der Router %1 ist quantisiert</translation>
    </message>
    <message>
        <source>Add it to the ignore list.</source>
        <translation>In die Auslassungsliste aufnehmen.</translation>
    </message>
    <message>
        <source>The head is tied to the embedding, but has tensors of a quantized matrix</source>
        <translation>Der Ausgabekopf ist an das Embedding gekoppelt, hat aber Tensoren einer quantisierten Matrix</translation>
    </message>
    <message>
        <source>Ignore lm_head when quantizing.</source>
        <translation>lm_head beim Quantisieren auslassen.</translation>
    </message>
    <message>
        <source>The head is tied to the embedding, but is not ignored</source>
        <translation>Der Ausgabekopf ist an das Embedding gekoppelt, wird aber nicht ausgelassen</translation>
    </message>
    <message>
        <source>Add lm_head to &quot;ignore&quot;.</source>
        <translation>lm_head in „ignore“ aufnehmen.</translation>
    </message>
    <message>
        <source>No router is quantized</source>
        <translation>Kein Router ist quantisiert</translation>
    </message>
    <message>
        <source>The head is written as the configuration says</source>
        <translation>Der Ausgabekopf ist geschrieben, wie die Konfiguration angibt</translation>
    </message>
    <message>
        <source>%1 does not run on %2: %3</source>
        <translation>%1 läuft nicht auf %2: %3</translation>
    </message>
    <message>
        <source>Choose another scheme for this target.</source>
        <translation>Ein anderes Schema für dieses Ziel wählen.</translation>
    </message>
    <message>
        <source>%1 runs natively on %2</source>
        <translation>%1 läuft nativ auf %2</translation>
    </message>
    <message>
        <source>%1 runs on %2, but not natively: %3</source>
        <translation>%1 läuft auf %2, aber nicht nativ: %3</translation>
    </message>
    <message>
        <source>Expect less speed than from a native scheme.</source>
        <translation>Weniger Tempo als mit einem nativen Schema erwarten.</translation>
    </message>
    <message>
        <source>vLLM has no code for the scheme of %1</source>
        <translation>vLLM hat keinen Code für das Schema von %1</translation>
    </message>
    <message>
        <source>Use one of Octavo&apos;s presets.</source>
        <translation>Eine Vorgabe von Octavo verwenden.</translation>
    </message>
    <message>
        <source>Octavo does not know how this scheme runs on the target</source>
        <translation>Octavo weiß nicht, wie dieses Schema auf dem Ziel läuft</translation>
    </message>
    <message>
        <source>Try it with vLLM.</source>
        <translation>Mit vLLM ausprobieren.</translation>
    </message>
    <message>
        <source>vLLM has code for every scheme</source>
        <translation>vLLM hat Code für jedes Schema</translation>
    </message>
    <message>
        <source>No tensor is missing</source>
        <translation>Kein Tensor fehlt</translation>
    </message>
    <message>
        <source>Every tensor has the shape of its scheme</source>
        <translation>Jeder Tensor hat die Form seines Schemas</translation>
    </message>
    <message>
        <source>Every tensor has the type of its scheme</source>
        <translation>Jeder Tensor hat den Typ seines Schemas</translation>
    </message>
    <message>
        <source>No tensor is there that nobody asks for</source>
        <translation>Kein Tensor, den niemand verlangt</translation>
    </message>
    <message>
        <source>%1 is missing; vLLM would run with whatever is in memory there</source>
        <translation>%1 fehlt; vLLM würde mit dem rechnen, was dort gerade im Speicher steht</translation>
    </message>
    <message>
        <source>%1 has the shape %2 instead of %3</source>
        <translation>%1 hat die Form %2 statt %3</translation>
    </message>
    <message>
        <source>%1 holds %2 instead of %3</source>
        <translation>%1 enthält %2 statt %3</translation>
    </message>
    <message>
        <source>The tensors of %1 were not checked: %2</source>
        <translation>Die Tensoren von %1 wurden nicht geprüft: %2</translation>
    </message>
    <message>
        <source>This version does not know the format.</source>
        <translation>Diese Version kennt das Format nicht.</translation>
    </message>
    <message>
        <source>%1 holds %2, though the configuration leaves it in 16 bit</source>
        <translation>%1 enthält %2, obwohl die Konfiguration es in 16 Bit belässt</translation>
    </message>
    <message>
        <source>%1 is there, but the configuration does not ask for it</source>
        <translation>%1 ist vorhanden, aber die Konfiguration verlangt es nicht</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity (element %2)</source>
        <translation>%1 enthält NaN oder Unendlich (Element %2)</translation>
    </message>
    <message>
        <source>%1 holds the scale %2 (element %3)</source>
        <translation>%1 enthält die Skala %2 (Element %3)</translation>
    </message>
    <message>
        <source>Check the original model and export it again.</source>
        <translation>Das Originalmodell prüfen und neu exportieren.</translation>
    </message>
    <message>
        <source>%1 holds the code of NaN (element %2)</source>
        <translation>%1 enthält den Code von NaN (Element %2)</translation>
    </message>
    <message>
        <source>Every scale is finite</source>
        <translation>Alle Skalen sind endlich</translation>
    </message>
    <message>
        <source>No scale is zero</source>
        <translation>Keine Skala ist null</translation>
    </message>
    <message>
        <source>No scale is negative</source>
        <translation>Keine Skala ist negativ</translation>
    </message>
    <message>
        <source>No code means NaN</source>
        <translation>Kein Code bedeutet NaN</translation>
    </message>
    <message>
        <source>Norms, embeddings and other 16-bit tensors are finite</source>
        <translation>Normen, Embeddings und andere 16-Bit-Tensoren sind endlich</translation>
    </message>
    <message>
        <source>The computing library could not be loaded: %1</source>
        <translation>Die Rechenbibliothek ließ sich nicht laden: %1</translation>
    </message>
    <message>
        <source>Run installer/run again: it fetches LibTorch and builds the library.</source>
        <translation>installer/run erneut ausführen: Es lädt LibTorch herunter und baut die Bibliothek.</translation>
    </message>
    <message>
        <source>The computing library belongs to another version of Octavo</source>
        <translation>Die Rechenbibliothek gehört zu einer anderen Version von Octavo</translation>
    </message>
    <message>
        <source>Build or install both parts together.</source>
        <translation>Beide Teile gemeinsam bauen oder installieren.</translation>
    </message>
    <message>
        <source>Compare an export with the model it was made from.</source>
        <translation>Einen Export mit dem Modell vergleichen, aus dem er gemacht wurde.</translation>
    </message>
    <message>
        <source>The tokenizer does not belong to this model.</source>
        <translation>Der Tokenizer gehört nicht zu diesem Modell.</translation>
    </message>
    <message>
        <source>A sequence length of %1 leaves nothing to score</source>
        <translation>Eine Sequenzlänge von %1 lässt nichts zu werten übrig</translation>
    </message>
    <message>
        <source>Use at least 2.</source>
        <translation>Mindestens 2 verwenden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a BOS convention</source>
        <translation>„%1“ ist keine BOS-Konvention</translation>
    </message>
    <message>
        <source>Use auto, window, start or none.</source>
        <translation>auto, window, start oder none verwenden.</translation>
    </message>
    <message>
        <source>The tokenizer has no BOS token</source>
        <translation>Der Tokenizer hat kein BOS-Token</translation>
    </message>
    <message>
        <source>Use --bos none.</source>
        <translation>--bos none verwenden.</translation>
    </message>
    <message>
        <source>The text has fewer than two tokens</source>
        <translation>Der Text hat weniger als zwei Token</translation>
    </message>
    <message>
        <source>Use a longer text.</source>
        <translation>Einen längeren Text verwenden.</translation>
    </message>
    <message>
        <source>No NVIDIA driver is installed (libcuda.so.1 was not found)</source>
        <translation>Kein NVIDIA-Treiber installiert (libcuda.so.1 nicht gefunden)</translation>
    </message>
    <message>
        <source>The NVIDIA driver is too old: functions are missing in libcuda.so.1</source>
        <translation>Der NVIDIA-Treiber ist zu alt: In libcuda.so.1 fehlen Funktionen</translation>
    </message>
    <message>
        <source>The NVIDIA driver sees no GPU</source>
        <translation>Der NVIDIA-Treiber sieht keine GPU</translation>
    </message>
    <message>
        <source>The NVIDIA driver could not be started (CUDA error %1)</source>
        <translation>Der NVIDIA-Treiber ließ sich nicht starten (CUDA-Fehler %1)</translation>
    </message>
    <message>
        <source>The hardware table cannot be read: %1</source>
        <translation>Die Hardwaretabelle ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>Install Octavo again.</source>
        <translation>Octavo neu installieren.</translation>
    </message>
    <message>
        <source>%1 is not in the table of what vLLM runs: try it before relying on it</source>
        <translation>%1 steht nicht in der Tabelle dessen, was vLLM ausführt: vor dem Einsatz ausprobieren</translation>
    </message>
    <message>
        <source>vLLM does not run on compute capability %1</source>
        <translation>vLLM läuft nicht auf Compute Capability %1</translation>
    </message>
    <message>
        <source>Compute capability %1 is not in the table (%2): try it before relying on it</source>
        <translation>Compute Capability %1 steht nicht in der Tabelle (%2): vor dem Einsatz ausprobieren</translation>
    </message>
    <message>
        <source>The model holds NaN or infinity in %1 (element %2)</source>
        <translation>Das Modell enthält NaN oder Unendlich in %1 (Element %2)</translation>
    </message>
    <message>
        <source>Download the model again; if it is the same then, it is broken at its source.</source>
        <translation>Das Modell neu herunterladen; bleibt es dabei, ist es schon an der Quelle fehlerhaft.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The model is quantized already</source>
        <translation>Das Modell ist schon quantisiert</translation>
    </message>
    <message>
        <source>Start from the original 16-bit model.</source>
        <translation>Vom ursprünglichen 16-Bit-Modell ausgehen.</translation>
    </message>
    <message>
        <source>The architecture is not known; matrices are found by their names</source>
        <translation>Die Architektur ist nicht bekannt; Matrizen werden an ihren Namen erkannt</translation>
    </message>
    <message>
        <source>The run folder lies inside the model or the output folder</source>
        <translation>Der Laufordner liegt im Modell- oder Ausgabeordner</translation>
    </message>
    <message>
        <source>Choose another place for the run folder.</source>
        <translation>Einen anderen Ort für den Laufordner wählen.</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>Diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>Check the path of the calibration data.</source>
        <translation>Den Pfad der Kalibrierdaten prüfen.</translation>
    </message>
    <message>
        <source>Nothing was written to the output. Please report this with the run folder.</source>
        <translation>Nichts wurde in die Ausgabe geschrieben. Bitte mit dem Laufordner melden.</translation>
    </message>
    <message>
        <source>The run folder could not be completed</source>
        <translation>Der Laufordner ließ sich nicht vervollständigen</translation>
    </message>
    <message>
        <source>Unknown device %1</source>
        <translation>Unbekanntes Gerät %1</translation>
    </message>
    <message>
        <source>Use auto, cpu or cuda:N.</source>
        <translation>auto, cpu oder cuda:N verwenden.</translation>
    </message>
    <message>
        <source>There is no CUDA device %1</source>
        <translation>Es gibt kein CUDA-Gerät %1</translation>
    </message>
    <message>
        <source>Use --device cpu, or check the driver.</source>
        <translation>--device cpu verwenden oder den Treiber prüfen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a device</source>
        <translation>„%1“ ist kein Gerät</translation>
    </message>
    <message>
        <source>There is no usable CUDA device</source>
        <translation>Kein verwendbares CUDA-Gerät vorhanden</translation>
    </message>
    <message>
        <source>Check the driver with nvidia-smi, run installer/run again to fetch LibTorch&apos;s CUDA libraries, or use --device cpu.</source>
        <translation>Den Treiber mit nvidia-smi prüfen, installer/run erneut ausführen, um die CUDA-Bibliotheken von LibTorch herunterzuladen, oder --device cpu verwenden.</translation>
    </message>
    <message>
        <source>octavo-cli hardware lists the devices.</source>
        <translation>octavo-cli hardware listet die Geräte auf.</translation>
    </message>
    <message>
        <source>The rotary embedding type &quot;%1&quot; is not known</source>
        <translation>Der Typ „%1“ der rotierenden Positionskodierung ist nicht bekannt</translation>
    </message>
    <message>
        <source>The weights hold NaN or infinity</source>
        <translation>Die Gewichte enthalten NaN oder Unendlich</translation>
    </message>
    <message>
        <source>The checkpoint is damaged or its training diverged: use an intact copy.</source>
        <translation>Der Checkpoint ist beschädigt oder sein Training divergierte: eine unversehrte Kopie verwenden.</translation>
    </message>
    <message>
        <source>%1 bytes cannot hold %2 elements of type %3</source>
        <translation>%1 Byte fassen keine %2 Elemente vom Typ %3</translation>
    </message>
    <message>
        <source>Values of type %1 cannot be converted</source>
        <translation>Werte vom Typ %1 lassen sich nicht umwandeln</translation>
    </message>
    <message>
        <source>Use a checkpoint in bfloat16, float16 or float32.</source>
        <translation>Einen Checkpoint in bfloat16, float16 oder float32 verwenden.</translation>
    </message>
    <message>
        <source>No matrix has the role %1</source>
        <translation>Keine Matrix hat die Rolle %1</translation>
    </message>
    <message>
        <source>The activations hold NaN or infinity</source>
        <translation>Die Aktivierungen enthalten NaN oder Unendlich</translation>
    </message>
    <message>
        <source>Try shorter samples or another calibration set; the model may overflow in its own precision.</source>
        <translation>Kürzere Proben oder andere Kalibrierdaten versuchen; das Modell läuft vielleicht in seiner eigenen Genauigkeit über.</translation>
    </message>
    <message>
        <source>The device ran out of memory: %1</source>
        <translation>Der Speicher des Geräts ist erschöpft: %1</translation>
    </message>
    <message>
        <source>Use fewer or shorter samples, or close other programs.</source>
        <translation>Weniger oder kürzere Proben verwenden oder andere Programme schließen.</translation>
    </message>
    <message>
        <source>The CUDA device failed: %1</source>
        <translation>Das CUDA-Gerät ist ausgefallen: %1</translation>
    </message>
    <message>
        <source>Check nvidia-smi; repeat, or use --device cpu.</source>
        <translation>nvidia-smi prüfen; wiederholen oder --device cpu verwenden.</translation>
    </message>
    <message>
        <source>LibTorch: %1</source>
        <translation>LibTorch: %1</translation>
    </message>
    <message>
        <source>Please report this with the run folder&apos;s log.</source>
        <translation>Bitte mit dem Protokoll des Laufordners melden.</translation>
    </message>
    <message>
        <source>%1 has no %2</source>
        <translation>%1 hat kein %2</translation>
    </message>
    <message>
        <source>CUDA device %1 failed: %2</source>
        <translation>CUDA-Gerät %1 ist ausgefallen: %2</translation>
    </message>
    <message>
        <source>Use --device cpu, or free the device and repeat.</source>
        <translation>--device cpu verwenden oder das Gerät freigeben und wiederholen.</translation>
    </message>
    <message>
        <source>This build of Octavo has no CUDA</source>
        <translation>Octavo ist hier ohne CUDA gebaut</translation>
    </message>
    <message>
        <source>Use --device cpu, or build with CUDA.</source>
        <translation>--device cpu verwenden oder mit CUDA bauen.</translation>
    </message>
    <message>
        <source>The Hessian cannot be factorised, whatever the damping</source>
        <translation>Die Hesse-Matrix lässt sich mit keiner Dämpfung faktorisieren</translation>
    </message>
    <message>
        <source>Use more or other calibration text, or --solver rtn.</source>
        <translation>Mehr oder anderen Kalibriertext oder --solver rtn verwenden.</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; is not a usable regular expression: %2</source>
        <translation>Das Muster „%1“ ist kein verwendbarer regulärer Ausdruck: %2</translation>
    </message>
    <message>
        <source>Correct it; re:.*\.mlp\..* for example matches every matrix of every MLP.</source>
        <translation>Berichtigen; re:.*\.mlp\..* zum Beispiel passt auf jede Matrix jedes MLP.</translation>
    </message>
    <message>
        <source>A module name is longer than the %1 characters that patterns are matched against</source>
        <translation>Ein Modulname ist länger als die %1 Zeichen, die mit Mustern verglichen werden</translation>
    </message>
    <message>
        <source>Name this module exactly instead of using re: patterns.</source>
        <translation>Dieses Modul genau benennen, statt re:-Muster zu verwenden.</translation>
    </message>
    <message>
        <source>The recipe is not a JSON object</source>
        <translation>Das Rezept ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a JSON object</source>
        <translation>„%1“ ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>Write { … } with the keys: %1.</source>
        <translation>{ … } mit diesen Schlüsseln schreiben: %1.</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is unknown</source>
        <translation>Der Schlüssel „%1“ ist unbekannt</translation>
    </message>
    <message>
        <source>The keys here are: %1.</source>
        <translation>Die Schlüssel hier sind: %1.</translation>
    </message>
    <message>
        <source>Did you mean &quot;%1&quot;?</source>
        <translation>War „%1“ gemeint?</translation>
    </message>
    <message>
        <source>The key &quot;%1&quot; is missing</source>
        <translation>Der Schlüssel „%1“ fehlt</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>Ergänzen.</translation>
    </message>
    <message>
        <source>The value of &quot;%1&quot; is not %2</source>
        <translation>Der Wert von „%1“ ist unzulässig, erwartet wird: %2</translation>
    </message>
    <message>
        <source>Correct it in the recipe.</source>
        <translation>Im Rezept berichtigen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be &quot;%2&quot;</source>
        <translation>„%1“ kann nicht „%2“ sein</translation>
    </message>
    <message>
        <source>Use one of: %1.</source>
        <translation>Eines davon verwenden: %1.</translation>
    </message>
    <message>
        <source>The value of &quot;schema&quot; is not a whole number from 1</source>
        <translation>Der Wert von „schema“ ist keine ganze Zahl ab 1</translation>
    </message>
    <message>
        <source>Write &quot;schema&quot;: 1.</source>
        <translation>&quot;schema&quot;: 1 schreiben.</translation>
    </message>
    <message>
        <source>The recipe was written by a newer version of Octavo (schema %1; this version reads %2)</source>
        <translation>Das Rezept wurde von einer neueren Version von Octavo geschrieben (Formatversion %1; diese Version liest %2)</translation>
    </message>
    <message>
        <source>Update Octavo, or write the recipe again with this version.</source>
        <translation>Octavo aktualisieren oder das Rezept mit dieser Version neu schreiben.</translation>
    </message>
    <message>
        <source>Correct the expression or remove it.</source>
        <translation>Den Ausdruck berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>It has to match from the start of a name, for example of &quot;%1&quot;; write re:.* in front to match anywhere.</source>
        <translation>Er muss vom Anfang eines Namens an passen, zum Beispiel von „%1“; mit re:.* davor passt er überall.</translation>
    </message>
    <message>
        <source>Write &quot;re:&quot; in front if it is a regular expression.</source>
        <translation>„re:“ davorschreiben, wenn es ein regulärer Ausdruck ist.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; contains it: write the whole name, or &quot;re:.*%2&quot; for all that do.</source>
        <translation>„%1“ enthält ihn: den ganzen Namen schreiben oder „re:.*%2“ für alle, die ihn enthalten.</translation>
    </message>
    <message>
        <source>Correct the name or remove it.</source>
        <translation>Den Namen berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>The pattern &quot;%1&quot; of the recipe matches no matrix of this model</source>
        <translation>Das Muster „%1“ des Rezepts passt auf keine Matrix dieses Modells</translation>
    </message>
    <message>
        <source>vLLM runs these matrices as one, so they need one scheme: %1</source>
        <translation>vLLM führt diese Matrizen als eine aus, daher brauchen sie dasselbe Schema: %1</translation>
    </message>
    <message>
        <source>Ignore all of them or none.</source>
        <translation>Alle davon auslassen oder keine.</translation>
    </message>
    <message>
        <source>Give all of them the same scheme.</source>
        <translation>Allen dasselbe Schema geben.</translation>
    </message>
    <message>
        <source>The scheme %1 needs input sizes divisible by %2, but %3 has %4</source>
        <translation>Das Schema %1 braucht durch %2 teilbare Eingangsgrößen, aber %3 hat %4</translation>
    </message>
    <message>
        <source>Ignore this matrix (and those fused with it) or choose a scheme without groups.</source>
        <translation>Diese Matrix (und die mit ihr verschmolzenen) auslassen oder ein Schema ohne Gruppen wählen.</translation>
    </message>
    <message>
        <source>%1 has the shape %2 × %3, which cannot be quantized</source>
        <translation>%1 hat die Form %2 × %3, die sich nicht quantisieren lässt</translation>
    </message>
    <message>
        <source>Ignore it in the recipe.</source>
        <translation>Im Rezept auslassen.</translation>
    </message>
    <message>
        <source>The scheme %1 needs output sizes divisible by %2 where vLLM fuses matrices, but %3 has %4</source>
        <translation>Das Schema %1 braucht durch %2 teilbare Ausgangsgrößen, wo vLLM Matrizen verschmilzt, aber %3 hat %4</translation>
    </message>
    <message>
        <source>Ignore this matrix and those fused with it, or choose a scheme with one scale per channel.</source>
        <translation>Diese Matrix und die mit ihr verschmolzenen auslassen oder ein Schema mit einer Skala je Kanal wählen.</translation>
    </message>
    <message>
        <source>The recipe leaves every matrix of this model in 16 bit</source>
        <translation>Das Rezept belässt jede Matrix dieses Modells in 16 Bit</translation>
    </message>
    <message>
        <source>Ignore less.</source>
        <translation>Weniger auslassen.</translation>
    </message>
    <message>
        <source>The recipe was not resolved for %1</source>
        <translation>Das Rezept wurde nicht für %1 aufgelöst</translation>
    </message>
    <message>
        <source>There is no scheme called &quot;%1&quot;</source>
        <translation>Es gibt kein Schema namens „%1“</translation>
    </message>
    <message>
        <source>Did you mean %1? The schemes are: %2.</source>
        <translation>War %1 gemeint? Die Schemata sind: %2.</translation>
    </message>
    <message>
        <source>An event of the unknown type &quot;%1&quot;</source>
        <translation>Ein Ereignis des unbekannten Typs „%1“</translation>
    </message>
    <message>
        <source>Update Octavo: a newer version wrote it.</source>
        <translation>Octavo aktualisieren: Eine neuere Version hat es geschrieben.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; of the run is not a JSON object</source>
        <translation>„%1“ des Laufs ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The file was changed or damaged; use an intact copy.</source>
        <translation>Die Datei wurde geändert oder beschädigt; eine unversehrte Kopie verwenden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in &quot;%2&quot; of the run has a value of the wrong type</source>
        <translation>„%1“ in „%2“ des Laufs hat einen Wert falschen Typs</translation>
    </message>
    <message>
        <source>This is not a run folder: it holds no run.json</source>
        <translation>Kein Laufordner: Er enthält keine run.json</translation>
    </message>
    <message>
        <source>Choose a folder that octavo-cli quantize or the workbench made.</source>
        <translation>Einen Ordner wählen, den octavo-cli quantize oder die Oberfläche gemacht hat.</translation>
    </message>
    <message>
        <source>This is not the record of a run: it has no schema number</source>
        <translation>Keine Laufaufzeichnung: Die Formatversion („schema“) fehlt</translation>
    </message>
    <message>
        <source>Choose a folder that Octavo made.</source>
        <translation>Einen Ordner wählen, den Octavo gemacht hat.</translation>
    </message>
    <message>
        <source>The run was made by a newer version of Octavo (schema %1; this version reads up to %2)</source>
        <translation>Der Lauf wurde von einer neueren Version von Octavo gemacht (Formatversion %1; diese Version liest bis %2)</translation>
    </message>
    <message>
        <source>Update Octavo to open it.</source>
        <translation>Zum Öffnen Octavo aktualisieren.</translation>
    </message>
    <message>
        <source>This is not the record of a run</source>
        <translation>Keine Laufaufzeichnung</translation>
    </message>
    <message>
        <source>The run folder holds something already</source>
        <translation>Der Laufordner enthält schon etwas</translation>
    </message>
    <message>
        <source>Choose another folder or empty this one.</source>
        <translation>Einen anderen Ordner wählen oder diesen leeren.</translation>
    </message>
    <message>
        <source>The statistics of the run cannot be read: %1</source>
        <translation>Die Statistik des Laufs ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>Use an intact copy of the run folder; without this file the run opens with its figures alone.</source>
        <translation>Eine unversehrte Kopie des Laufordners verwenden; ohne diese Datei öffnet sich der Lauf nur mit seinen Kennzahlen.</translation>
    </message>
    <message>
        <source>The statistics are not in float32</source>
        <translation>Die Statistik ist nicht in float32</translation>
    </message>
    <message>
        <source>Use an intact copy of the run folder.</source>
        <translation>Eine unversehrte Kopie des Laufordners verwenden.</translation>
    </message>
    <message>
        <source>Nothing was measured.</source>
        <translation>Nichts wurde gemessen.</translation>
    </message>
    <message>
        <source>The model&apos;s output is not finite on the %1 tokens that were scored: it is unusable.</source>
        <translation>Die Ausgabe des Modells ist auf den %1 gewerteten Token nicht endlich: Es ist unbrauchbar.</translation>
    </message>
    <message>
        <source>The perplexity is %1 on %2 tokens; without the original to compare with, nothing can be said about what quantization cost.</source>
        <translation>Die Perplexität ist %1 auf %2 Token; ohne das Original als Vergleich lässt sich nicht sagen, was die Quantisierung gekostet hat.</translation>
    </message>
    <message>
        <source>The comparison with the original is not finite on the %1 tokens that were scored: nothing can be said about what quantization cost.</source>
        <translation>Der Vergleich mit dem Original ist auf den %1 gewerteten Token nicht endlich: Es lässt sich nicht sagen, was die Quantisierung gekostet hat.</translation>
    </message>
    <message>
        <source>On the %1 tokens that were scored, the model gives the same output as the original.</source>
        <translation>Auf den %1 gewerteten Token gibt das Modell dasselbe aus wie das Original.</translation>
    </message>
    <message>
        <source>The perplexity is %1 times the original&apos;s on %2 tokens and the KL divergence %3 nats, but how far chance contributed is not known.</source>
        <translation>Die Perplexität ist auf %2 Token das %1-Fache des Originals und die KL-Divergenz %3 nat; wie viel der Zufall beitrug, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>On %1 tokens the perplexity is between %2 % and %3 % higher than the original&apos;s (95 % interval), the KL divergence %4 nats.</source>
        <translation>Auf %1 Token ist die Perplexität zwischen %2 % und %3 % höher als beim Original (95-%-Intervall), die KL-Divergenz beträgt %4 nat.</translation>
    </message>
    <message>
        <source>On %1 tokens the perplexity is between %2 % and %3 % lower than the original&apos;s (95 % interval), the KL divergence %4 nats.</source>
        <translation>Auf %1 Token ist die Perplexität zwischen %2 % und %3 % niedriger als beim Original (95-%-Intervall), die KL-Divergenz beträgt %4 nat.</translation>
    </message>
    <message>
        <source>On %1 tokens no change of perplexity can be told from chance (95 % interval %2 % to %3 %), the KL divergence is %4 nats.</source>
        <translation>Auf %1 Token lässt sich keine Änderung der Perplexität vom Zufall unterscheiden (95-%-Intervall %2 % bis %3 %), die KL-Divergenz beträgt %4 nat.</translation>
    </message>
    <message>
        <source>No sample of the dataset has two tokens or more</source>
        <translation>Keine Probe des Datensatzes hat zwei Token oder mehr</translation>
    </message>
    <message>
        <source>Use a dataset with longer texts.</source>
        <translation>Einen Datensatz mit längeren Texten verwenden.</translation>
    </message>
    <message>
        <source>Only %1 of %2 samples: the data ends</source>
        <translation>Nur %1 von %2 Proben: Die Daten enden</translation>
    </message>
    <message>
        <source>%1 samples with fewer than two tokens were left out</source>
        <translation>%1 Proben mit weniger als zwei Token wurden weggelassen</translation>
    </message>
    <message>
        <source>The model has no chat template: messages were joined by blank lines</source>
        <translation>Das Modell hat keine Chat-Vorlage: Nachrichten wurden durch Leerzeilen verbunden</translation>
    </message>
    <message>
        <source>Write a JSON list of equally long lists of token ids.</source>
        <translation>Eine JSON-Liste gleich langer Listen von Token-IDs schreiben.</translation>
    </message>
    <message>
        <source>Row %1 is not a list</source>
        <translation>Zeile %1 ist keine Liste</translation>
    </message>
    <message>
        <source>Row %1 holds something other than whole numbers</source>
        <translation>Zeile %1 enthält etwas anderes als ganze Zahlen</translation>
    </message>
    <message>
        <source>Row %1 holds the id %2, outside the vocabulary of %3 tokens</source>
        <translation>Zeile %1 enthält die ID %2 außerhalb des Vokabulars von %3 Token</translation>
    </message>
    <message>
        <source>Row %1 has fewer than two tokens</source>
        <translation>Zeile %1 hat weniger als zwei Token</translation>
    </message>
    <message>
        <source>At least one calibration sample is needed</source>
        <translation>Mindestens eine Kalibrierprobe ist nötig</translation>
    </message>
    <message>
        <source>A sequence length of %1 tokens is not possible</source>
        <translation>Eine Sequenzlänge von %1 Token ist nicht möglich</translation>
    </message>
    <message>
        <source>Use 2 tokens or more, 2048 for example.</source>
        <translation>2 Token oder mehr verwenden, zum Beispiel 2048.</translation>
    </message>
    <message>
        <source>The file does not hold a list of lists</source>
        <translation>Die Datei enthält keine Liste von Listen</translation>
    </message>
    <message>
        <source>Row %1 has %2 tokens, row 0 has %3</source>
        <translation>Zeile %1 hat %2 Token, Zeile 0 hat %3</translation>
    </message>
    <message>
        <source>There are several chat templates but none is named &quot;default&quot;</source>
        <translation>Es gibt mehrere Chat-Vorlagen, aber keine heißt „default“</translation>
    </message>
    <message>
        <source>Name one of them &quot;default&quot;, or put the template into chat_template.jinja.</source>
        <translation>Eine davon „default“ nennen oder die Vorlage in chat_template.jinja ablegen.</translation>
    </message>
    <message>
        <source>The chat template cannot be read or is larger than %1 bytes</source>
        <translation>Die Chat-Vorlage ist nicht lesbar oder größer als %1 Byte</translation>
    </message>
    <message>
        <source>The model has no chat template</source>
        <translation>Das Modell hat keine Chat-Vorlage</translation>
    </message>
    <message>
        <source>Use plain text, or put a chat_template.jinja into the model folder.</source>
        <translation>Reinen Text verwenden oder eine chat_template.jinja in den Modellordner legen.</translation>
    </message>
    <message>
        <source>The chat template is not valid: %1</source>
        <translation>Die Chat-Vorlage ist nicht gültig: %1</translation>
    </message>
    <message>
        <source>Mend the template or put a chat_template.jinja into the model folder.</source>
        <translation>Die Vorlage reparieren oder eine chat_template.jinja in den Modellordner legen.</translation>
    </message>
    <message>
        <source>The chat template refuses this conversation: %1</source>
        <translation>Die Chat-Vorlage lehnt dieses Gespräch ab: %1</translation>
    </message>
    <message>
        <source>Use conversations of the form that the model expects.</source>
        <translation>Gespräche in der Form verwenden, die das Modell erwartet.</translation>
    </message>
    <message>
        <source>The chat template was stopped: %1</source>
        <translation>Die Chat-Vorlage wurde angehalten: %1</translation>
    </message>
    <message>
        <source>The chat template cannot be rendered: %1</source>
        <translation>Die Chat-Vorlage lässt sich nicht anwenden: %1</translation>
    </message>
    <message>
        <source>The dataset is missing or not a file</source>
        <translation>Der Datensatz fehlt oder ist keine Datei</translation>
    </message>
    <message>
        <source>The dataset is empty</source>
        <translation>Der Datensatz ist leer</translation>
    </message>
    <message>
        <source>Use a file with conversations or text.</source>
        <translation>Eine Datei mit Gesprächen oder Text verwenden.</translation>
    </message>
    <message>
        <source>This is a binary file, not text</source>
        <translation>Das ist eine Binärdatei, kein Text</translation>
    </message>
    <message>
        <source>Use JSONL, JSON or plain text in UTF-8.</source>
        <translation>JSONL, JSON oder reinen Text in UTF-8 verwenden.</translation>
    </message>
    <message>
        <source>The file is not valid UTF-8</source>
        <translation>Die Datei ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>Convert the file to UTF-8.</source>
        <translation>Die Datei in UTF-8 umwandeln.</translation>
    </message>
    <message>
        <source>This is not valid JSON</source>
        <translation>Kein gültiges JSON</translation>
    </message>
    <message>
        <source>The list holds something other than objects</source>
        <translation>Die Liste enthält etwas anderes als Objekte</translation>
    </message>
    <message>
        <source>The object holds no list of samples</source>
        <translation>Das Objekt enthält keine Liste von Proben</translation>
    </message>
    <message>
        <source>Every entry needs &quot;messages&quot;, &quot;conversations&quot;, &quot;prompt&quot; with &quot;response&quot; or &quot;completion&quot;, or &quot;text&quot;.</source>
        <translation>Jeder Eintrag braucht „messages“, „conversations“, „prompt“ mit „response“ oder „completion“ oder „text“.</translation>
    </message>
    <message>
        <source>An entry is not a JSON object</source>
        <translation>Ein Eintrag ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>An entry holds no conversation and no text</source>
        <translation>Ein Eintrag enthält weder Gespräch noch Text</translation>
    </message>
    <message>
        <source>The content of a message is not text</source>
        <translation>Der Inhalt einer Nachricht ist kein Text</translation>
    </message>
    <message>
        <source>Use a string.</source>
        <translation>Eine Zeichenkette verwenden.</translation>
    </message>
    <message>
        <source>A message holds a part that is not text</source>
        <translation>Eine Nachricht enthält einen Teil, der kein Text ist</translation>
    </message>
    <message>
        <source>Leave out images and sounds: calibration uses text alone.</source>
        <translation>Bilder und Töne weglassen: Die Kalibrierung verwendet nur Text.</translation>
    </message>
    <message>
        <source>A message has no &quot;%1&quot;</source>
        <translation>Eine Nachricht hat kein „%1“</translation>
    </message>
    <message>
        <source>A message has the unknown role &quot;%1&quot;</source>
        <translation>Eine Nachricht hat die unbekannte Rolle „%1“</translation>
    </message>
    <message>
        <source>Use system, user, assistant or tool.</source>
        <translation>system, user, assistant oder tool verwenden.</translation>
    </message>
    <message>
        <source>The messages are not a list</source>
        <translation>Die Nachrichten sind keine Liste</translation>
    </message>
    <message>
        <source>A prompt has neither &quot;response&quot; nor &quot;completion&quot;</source>
        <translation>Ein Prompt hat weder „response“ noch „completion“</translation>
    </message>
    <message>
        <source>The tokenizer cannot be read or is larger than %1 bytes</source>
        <translation>Der Tokenizer ist nicht lesbar oder größer als %1 Byte</translation>
    </message>
    <message>
        <source>Replace the file with an intact copy.</source>
        <translation>Die Datei durch eine unversehrte Kopie ersetzen.</translation>
    </message>
    <message>
        <source>The text cannot be tokenised: %1</source>
        <translation>Der Text lässt sich nicht in Token zerlegen: %1</translation>
    </message>
    <message>
        <source>The ids cannot be turned into text: %1</source>
        <translation>Die IDs lassen sich nicht in Text umwandeln: %1</translation>
    </message>
    <message>
        <source>The file does not hold a JSON object</source>
        <translation>Die Datei enthält kein JSON-Objekt</translation>
    </message>
    <message>
        <source>There is no tokenizer in this folder</source>
        <translation>Kein Tokenizer in diesem Ordner</translation>
    </message>
    <message>
        <source>Copy tokenizer.json or tokenizer.model of the model into it.</source>
        <translation>tokenizer.json oder tokenizer.model des Modells hineinkopieren.</translation>
    </message>
    <message>
        <source>The text is not valid UTF-8 (byte %1)</source>
        <translation>Der Text ist kein gültiges UTF-8 (Byte %1)</translation>
    </message>
    <message>
        <source>Convert the text to UTF-8.</source>
        <translation>Den Text in UTF-8 umwandeln.</translation>
    </message>
    <message>
        <source>The target %1 is not known</source>
        <translation>Das Ziel %1 ist nicht bekannt</translation>
    </message>
    <message>
        <source>Give a compute capability such as 8.9, cpu, or one of: %1</source>
        <translation>Eine Compute Capability wie 8.9, cpu oder eines davon angeben: %1</translation>
    </message>
    <message>
        <source>Give the original model folder.</source>
        <translation>Den Ordner des Originalmodells angeben.</translation>
    </message>
    <message>
        <source>There is no subcommand %1</source>
        <translation>Es gibt keinen Unterbefehl %1</translation>
    </message>
    <message>
        <source>See `octavo-cli --help`.</source>
        <translation>Siehe `octavo-cli --help`.</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>See `%1`.</source>
        <translation>Siehe `%1`.</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>Der Speicher reicht nicht</translation>
    </message>
    <message>
        <source>This should not have happened: %1</source>
        <translation>Das hätte nicht geschehen dürfen: %1</translation>
    </message>
    <message>
        <source>Please report it with the command line that led to it.</source>
        <translation>Bitte mit der Befehlszeile melden, die dazu führte.</translation>
    </message>
    <message>
        <source>The file for events cannot be written</source>
        <translation>Die Datei für Ereignisse ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Check that its folder exists and that you may write there.</source>
        <translation>Prüfen, ob ihr Ordner existiert und beschreibbar ist.</translation>
    </message>
    <message>
        <source>--json and --events - both want standard output</source>
        <translation>--json und --events - wollen beide die Standardausgabe</translation>
    </message>
    <message>
        <source>Write the events into a file: --events FILE</source>
        <translation>Die Ereignisse in eine Datei schreiben: --events FILE</translation>
    </message>
    <message>
        <source>Either --scheme or --recipe is needed</source>
        <translation>--scheme oder --recipe ist nötig</translation>
    </message>
    <message>
        <source>For example: --scheme W8A8</source>
        <translation>Zum Beispiel: --scheme W8A8</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written</source>
        <translation>Abgebrochen; nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>The file holds no list of messages</source>
        <translation>Die Datei enthält keine Liste von Nachrichten</translation>
    </message>
    <message>
        <source>Expected: [{&quot;role&quot;: &quot;user&quot;, &quot;content&quot;: &quot;…&quot;}, …]</source>
        <translation>Erwartet: [{&quot;role&quot;: &quot;user&quot;, &quot;content&quot;: &quot;…&quot;}, …]</translation>
    </message>
    <message>
        <source>Give either --text or --messages</source>
        <translation>Entweder --text oder --messages angeben</translation>
    </message>
    <message>
        <source>See `octavo-cli tokenize --help`.</source>
        <translation>Siehe `octavo-cli tokenize --help`.</translation>
    </message>
    <message>
        <source>There is no such folder</source>
        <translation>Diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>Give the folder that `octavo-cli quantize --output` wrote.</source>
        <translation>Den Ordner angeben, den `octavo-cli quantize --output` geschrieben hat.</translation>
    </message>
    <message>
        <source>An unexpected error: %1</source>
        <translation>Ein unerwarteter Fehler: %1</translation>
    </message>
    <message>
        <source>Please report this with the log (View, Log, Save).</source>
        <translation>Bitte mit dem Protokoll melden (Ansicht, Protokoll, Speichern).</translation>
    </message>
    <message>
        <source>An unexpected error of an unknown kind</source>
        <translation>Ein unerwarteter Fehler unbekannter Art</translation>
    </message>
    <message>
        <source>The run is complete but could not be measured: %1</source>
        <translation>Der Lauf ist vollständig, ließ sich aber nicht messen: %1</translation>
    </message>
    <message>
        <source>Phase %1: %2 s</source>
        <translation>Phase %1: %2 s</translation>
    </message>
    <message>
        <source>The sample model is not here yet</source>
        <translation>Das Beispielmodell ist noch nicht da</translation>
    </message>
    <message>
        <source>Run installer/run once: it fetches the sample. Or open a model of your own.</source>
        <translation>installer/run einmal ausführen: Es lädt das Beispielmodell herunter. Oder ein eigenes Modell öffnen.</translation>
    </message>
    <message>
        <source>vLLM&apos;s wheels start at compute capability 7.5; this GPU is older. Use a Turing card or newer.</source>
        <translation>Die Wheels von vLLM beginnen bei Compute Capability 7.5; diese GPU ist älter. Eine Turing-Karte oder neuer verwenden.</translation>
    </message>
    <message>
        <source>INT8 tensor cores multiply weights and activations directly.</source>
        <translation>INT8-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt.</translation>
    </message>
    <message>
        <source>vLLM&apos;s first choice for INT8 has no kernel for this architecture and fails at the first request; with it disabled the Triton kernel runs. FP8_DYNAMIC or NVFP4 is the better scheme here.</source>
        <translation>Die erste Wahl von vLLM für INT8 hat keinen Kernel für diese Architektur und scheitert bei der ersten Anfrage; ist sie abgeschaltet, läuft der Triton-Kernel. FP8_DYNAMIC oder NVFP4 ist hier das bessere Schema.</translation>
    </message>
    <message>
        <source>FP8 tensor cores multiply weights and activations directly.</source>
        <translation>FP8-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt.</translation>
    </message>
    <message>
        <source>FP8 tensor cores multiply weights and activations directly; needs vLLM&apos;s CUDA 13 build.</source>
        <translation>FP8-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt; braucht vLLM für CUDA 13.</translation>
    </message>
    <message>
        <source>This GPU has no FP8 tensor cores: weights stay FP8 in memory, arithmetic is 16-bit. W8A8 computes in INT8 here.</source>
        <translation>Diese GPU hat keine FP8-Tensorkerne: Gewichte bleiben FP8 im Speicher, gerechnet wird in 16 Bit. W8A8 rechnet hier in INT8.</translation>
    </message>
    <message>
        <source>Block FP8 runs with 16-bit arithmetic on this GPU. FP8_DYNAMIC computes in FP8 where the card can.</source>
        <translation>Block-FP8 läuft auf dieser GPU mit 16-Bit-Arithmetik. FP8_DYNAMIC rechnet in FP8, wo die Karte es kann.</translation>
    </message>
    <message>
        <source>FP8 tensor cores with 128 × 128 weight blocks.</source>
        <translation>FP8-Tensorkerne mit Gewichtsblöcken von 128 × 128.</translation>
    </message>
    <message>
        <source>A kernel exists, but block FP8 is little tested on this architecture. FP8_DYNAMIC is the safer scheme.</source>
        <translation>Ein Kernel existiert, aber Block-FP8 ist auf dieser Architektur wenig erprobt. FP8_DYNAMIC ist das sicherere Schema.</translation>
    </message>
    <message>
        <source>Runs natively; if vLLM stops with an internal CUTLASS error (seen on GB10), also disable CutlassFp8BlockScaledMMKernel. FP8_DYNAMIC is the safer scheme.</source>
        <translation>Läuft nativ; hält vLLM mit einem internen CUTLASS-Fehler an (auf GB10 beobachtet), auch CutlassFp8BlockScaledMMKernel abschalten. FP8_DYNAMIC ist das sicherere Schema.</translation>
    </message>
    <message>
        <source>Weights are unpacked inside the kernel and multiplied in 16 bit: saves memory and speeds up decoding, but not large batches.</source>
        <translation>Gewichte werden im Kernel entpackt und in 16 Bit multipliziert: spart Speicher und beschleunigt das Dekodieren, aber keine großen Batches.</translation>
    </message>
    <message>
        <source>vLLM has no GPU kernel for INT4 weights with INT8 activations. Choose W4A16, or W8A8 for 8-bit arithmetic.</source>
        <translation>vLLM hat keinen GPU-Kernel für INT4-Gewichte mit INT8-Aktivierungen. W4A16 wählen oder W8A8 für 8-Bit-Arithmetik.</translation>
    </message>
    <message>
        <source>On Hopper vLLM takes this checkpoint for W4AFP8 and fails to load it. Choose W4AFP8, W4A16 or W8A8.</source>
        <translation>Auf Hopper hält vLLM diesen Checkpoint für W4AFP8 und kann ihn nicht laden. W4AFP8, W4A16 oder W8A8 wählen.</translation>
    </message>
    <message>
        <source>vLLM runs INT4 weights with FP8 activations only on compute capability 9.0. Choose W4A16 or FP8_DYNAMIC.</source>
        <translation>vLLM führt INT4-Gewichte mit FP8-Aktivierungen nur auf Compute Capability 9.0 aus. W4A16 oder FP8_DYNAMIC wählen.</translation>
    </message>
    <message>
        <source>INT4 weights are widened to FP8 and multiplied on FP8 tensor cores; sizes must be multiples of 128.</source>
        <translation>INT4-Gewichte werden zu FP8 erweitert und auf FP8-Tensorkernen multipliziert; Größen müssen Vielfache von 128 sein.</translation>
    </message>
    <message>
        <source>No FP4 tensor cores below Blackwell: weights stay 4-bit in memory, arithmetic is 16-bit. W4A16 does the same with wider support.</source>
        <translation>Keine FP4-Tensorkerne vor Blackwell: Gewichte bleiben 4-Bit im Speicher, gerechnet wird in 16 Bit. W4A16 leistet dasselbe mit breiterer Unterstützung.</translation>
    </message>
    <message>
        <source>FP4 tensor cores multiply weights and activations directly.</source>
        <translation>FP4-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt.</translation>
    </message>
    <message>
        <source>FP4 tensor cores multiply weights and activations directly; needs vLLM&apos;s CUDA 13 build.</source>
        <translation>FP4-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt; braucht vLLM für CUDA 13.</translation>
    </message>
    <message>
        <source>vLLM runs MXFP4 from compute capability 8.0. Choose W4A16.</source>
        <translation>vLLM führt MXFP4 ab Compute Capability 8.0 aus. W4A16 wählen.</translation>
    </message>
    <message>
        <source>vLLM may run this checkpoint with 4-bit activations on this architecture although it was made for 16-bit ones: check the answers, or choose NVFP4A16.</source>
        <translation>vLLM führt diesen Checkpoint auf dieser Architektur vielleicht mit 4-Bit-Aktivierungen aus, obwohl er für 16-Bit-Aktivierungen gemacht wurde: die Antworten prüfen oder NVFP4A16 wählen.</translation>
    </message>
    <message>
        <source>No microscaling tensor cores below Blackwell: weights stay 8-bit in memory, arithmetic is 16-bit. W8A8 or FP8_DYNAMIC compute in 8 bit.</source>
        <translation>Keine Microscaling-Tensorkerne vor Blackwell: Gewichte bleiben 8-Bit im Speicher, gerechnet wird in 16 Bit. W8A8 oder FP8_DYNAMIC rechnen in 8 Bit.</translation>
    </message>
    <message>
        <source>Microscaling FP8 tensor cores multiply weights and activations directly.</source>
        <translation>Microscaling-FP8-Tensorkerne multiplizieren Gewichte und Aktivierungen direkt.</translation>
    </message>
    <message>
        <source>oneDNN multiplies INT8 weights and activations; the dependable format of vLLM&apos;s CPU backend.</source>
        <translation>oneDNN multipliziert INT8-Gewichte und -Aktivierungen; das verlässliche Format des CPU-Backends von vLLM.</translation>
    </message>
    <message>
        <source>oneDNN multiplies INT8 weights and activations, slowly without AVX-512 VNNI; still the dependable format here.</source>
        <translation>oneDNN multipliziert INT8-Gewichte und -Aktivierungen, ohne AVX-512 VNNI langsam; dennoch hier das verlässliche Format.</translation>
    </message>
    <message>
        <source>AMX multiplies INT8 weights and activations: the fastest format of vLLM&apos;s CPU backend.</source>
        <translation>AMX multipliziert INT8-Gewichte und -Aktivierungen: das schnellste Format des CPU-Backends von vLLM.</translation>
    </message>
    <message>
        <source>Runs since mid-2026, at first only through a slow reference path; W8A8 is the dependable format on a CPU.</source>
        <translation>Läuft seit Mitte 2026, anfangs nur über einen langsamen Referenzweg; W8A8 ist auf einer CPU das verlässliche Format.</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU kernel unpacks 4-bit weights; sizes must be multiples of 32.</source>
        <translation>Der CPU-Kernel von vLLM entpackt 4-Bit-Gewichte; Größen müssen Vielfache von 32 sein.</translation>
    </message>
    <message>
        <source>With AMX vLLM also quantizes activations to 8 bit unless VLLM_CPU_INT4_W4A8=0 is set, as the launch line does.</source>
        <translation>Mit AMX quantisiert vLLM auch Aktivierungen auf 8 Bit, sofern nicht wie in der Startzeile VLLM_CPU_INT4_W4A8=0 gesetzt ist.</translation>
    </message>
    <message>
        <source>vLLM&apos;s 4-bit CPU kernel needs AVX-512 and stops with an AttributeError without it. Choose W8A8.</source>
        <translation>Der 4-Bit-CPU-Kernel von vLLM braucht AVX-512 und bricht ohne mit einem AttributeError ab. W8A8 wählen.</translation>
    </message>
    <message>
        <source>Runs on x86 through a slow general path; W8A8 is faster here. Made for Arm CPUs.</source>
        <translation>Läuft auf x86 über einen langsamen allgemeinen Weg; W8A8 ist hier schneller. Für Arm-CPUs gemacht.</translation>
    </message>
    <message>
        <source>AMX machines run block FP8 with 16-bit arithmetic.</source>
        <translation>AMX-Rechner führen Block-FP8 mit 16-Bit-Arithmetik aus.</translation>
    </message>
    <message>
        <source>Only recent vLLM has a CPU kernel for block FP8 with AVX-512. W8A8 is the dependable format.</source>
        <translation>Nur neuere vLLM-Versionen haben einen CPU-Kernel für Block-FP8 mit AVX-512. W8A8 ist das verlässliche Format.</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU backend has no kernel for this scheme. Choose W8A8.</source>
        <translation>Das CPU-Backend von vLLM hat keinen Kernel für dieses Schema. W8A8 wählen.</translation>
    </message>
    <message>
        <source>The tokenizer gives the id %1, but the model&apos;s vocabulary has %2 tokens</source>
        <translation>Der Tokenizer liefert die ID %1, aber das Vokabular des Modells hat %2 Token</translation>
    </message>
    <message>
        <source>The tokenizer does not belong to this model: fetch the model again.</source>
        <translation>Der Tokenizer gehört nicht zu diesem Modell: das Modell neu herunterladen.</translation>
    </message>
    <message>
        <source>The model overflows even in float32: use an intact copy of it, or another calibration set or shorter samples if only some texts do it.</source>
        <translation>Das Modell läuft selbst in float32 über: eine unversehrte Kopie verwenden; tun es nur manche Texte, andere Kalibrierdaten oder kürzere Proben.</translation>
    </message>
    <message>
        <source>Token id %1 lies beyond the vocabulary of %2</source>
        <translation>Token-ID %1 liegt außerhalb des Vokabulars von %2</translation>
    </message>
    <message>
        <source>Check the path of the text.</source>
        <translation>Den Pfad des Textes prüfen.</translation>
    </message>
    <message>
        <source>%1 cannot be pinned to %2: the table does not allow that</source>
        <translation>%1 lässt sich nicht auf %2 festlegen: Die Tabelle erlaubt das nicht</translation>
    </message>
    <message>
        <source>Pin it to a scheme that was measured and that the target runs, or to 16.</source>
        <translation>Auf ein Schema festlegen, das gemessen wurde und auf dem Ziel läuft, oder auf 16.</translation>
    </message>
    <message>
        <source>The pin &quot;%1&quot; matches no group of the table</source>
        <translation>Die Festlegung „%1“ passt auf keine Gruppe der Tabelle</translation>
    </message>
    <message>
        <source>Give a group&apos;s or a matrix&apos;s whole name, or re: and an expression.</source>
        <translation>Den ganzen Namen einer Gruppe oder Matrix angeben, oder re: und einen Ausdruck.</translation>
    </message>
    <message>
        <source>Every group is pinned: nothing is left to choose</source>
        <translation>Jede Gruppe ist festgelegt: Es bleibt nichts zu wählen</translation>
    </message>
    <message>
        <source>Remove a pin, or write the recipe directly.</source>
        <translation>Eine Festlegung entfernen oder das Rezept unmittelbar schreiben.</translation>
    </message>
    <message>
        <source>%1 can have none of the schemes</source>
        <translation>%1 kann keines der Schemata bekommen</translation>
    </message>
    <message>
        <source>Allow 16 bit, or measure more schemes.</source>
        <translation>16 Bit erlauben oder mehr Schemata messen.</translation>
    </message>
    <message>
        <source>%1 bits per weight cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>%1 Bit je Gewicht sind nicht zu erreichen: Diese Schemata und Festlegungen erlauben mindestens %2</translation>
    </message>
    <message>
        <source>Raise the budget, remove a pin, or measure a smaller scheme.</source>
        <translation>Das Budget erhöhen, eine Festlegung entfernen oder ein kleineres Schema messen.</translation>
    </message>
    <message>
        <source>%1 bytes cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>%1 Byte sind nicht zu erreichen: Diese Schemata und Festlegungen erlauben mindestens %2</translation>
    </message>
    <message>
        <source>A damage of at most %1 cannot be met: the least that these schemes and pins allow is %2</source>
        <translation>Ein Schaden von höchstens %1 ist nicht zu erreichen: Diese Schemata und Festlegungen erlauben mindestens %2</translation>
    </message>
    <message>
        <source>Allow more, remove a pin, or allow 16 bit.</source>
        <translation>Mehr erlauben, eine Festlegung entfernen oder 16 Bit erlauben.</translation>
    </message>
    <message>
        <source>The sensitivity table is empty or has gaps</source>
        <translation>Die Empfindlichkeitstabelle ist leer oder hat Lücken</translation>
    </message>
    <message>
        <source>Measure again; a measurement that was interrupted can be continued.</source>
        <translation>Noch einmal messen; eine unterbrochene Messung lässt sich fortsetzen.</translation>
    </message>
    <message>
        <source>There is nothing to choose between</source>
        <translation>Es gibt nichts, wozwischen zu wählen wäre</translation>
    </message>
    <message>
        <source>The target %1 runs none of the schemes; measure others.</source>
        <translation>Auf dem Ziel %1 läuft keines der Schemata; andere messen.</translation>
    </message>
    <message>
        <source>Allow more than one scheme, or 16 bit.</source>
        <translation>Mehr als ein Schema oder 16 Bit erlauben.</translation>
    </message>
    <message>
        <source>Within this budget nothing is quantized</source>
        <translation>Bei diesem Budget wird nichts quantisiert</translation>
    </message>
    <message>
        <source>Lower the budget: at this one the model can stay as it is.</source>
        <translation>Das Budget senken: Bei diesem kann das Modell bleiben, wie es ist.</translation>
    </message>
    <message>
        <source>There is no preset %1</source>
        <translation>Es gibt keine Voreinstellung %1</translation>
    </message>
    <message>
        <source>Use quick or thorough.</source>
        <translation>quick oder thorough verwenden.</translation>
    </message>
    <message>
        <source>The run was made from another model (%1)</source>
        <translation>Der Lauf wurde aus einem anderen Modell gemacht (%1)</translation>
    </message>
    <message>
        <source>Give the model that the run was made from, or a run of this model.</source>
        <translation>Das Modell angeben, aus dem der Lauf gemacht wurde, oder einen Lauf dieses Modells.</translation>
    </message>
    <message>
        <source>No scheme to measure was given</source>
        <translation>Es wurde kein Schema zum Messen angegeben</translation>
    </message>
    <message>
        <source>For example: --schemes W8A8,FP8_DYNAMIC</source>
        <translation>Zum Beispiel: --schemes W8A8,FP8_DYNAMIC</translation>
    </message>
    <message>
        <source>The file holds the table of another model, text or protocol (%1, %2 windows of %3 tokens)</source>
        <translation>Die Datei enthält die Tabelle eines anderen Modells, Textes oder Messverfahrens (%1, %2 Fenster zu %3 Token)</translation>
    </message>
    <message>
        <source>Choose another file, or start anew.</source>
        <translation>Eine andere Datei wählen oder neu beginnen.</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a smaller number</source>
        <translation>eine kleinere Zahl</translation>
    </message>
    <message>
        <source>a larger number</source>
        <translation>eine größere Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a number in range</source>
        <translation>eine Zahl im erlaubten Bereich</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>one name</source>
        <translation>ein einziger Name</translation>
    </message>
    <message>
        <source>a list with one entry per layer</source>
        <translation>eine Liste mit einem Eintrag je Schicht</translation>
    </message>
    <message>
        <source>a token id or a list of them</source>
        <translation>eine Token-ID oder eine Liste davon</translation>
    </message>
    <message>
        <source>a divisor of num_attention_heads</source>
        <translation>ein Teiler von num_attention_heads</translation>
    </message>
    <message>
        <source>a multiple of num_attention_heads</source>
        <translation>ein Vielfaches von num_attention_heads</translation>
    </message>
    <message>
        <source>an even number</source>
        <translation>eine gerade Zahl</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>a number above low_freq_factor</source>
        <translation>eine Zahl über low_freq_factor</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>it exists already</source>
        <translation>das gibt es schon</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <source>the device reports an error</source>
        <translation>das Gerät meldet einen Fehler</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>ihre Verknüpfungen führen im Kreis</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>zu viele Dateien sind geöffnet</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>eine solche Datei oder einen solchen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>der Arbeitsspeicher reicht nicht</translation>
    </message>
    <message>
        <source>a part of its path is not a folder</source>
        <translation>ein Teil des Pfades ist kein Ordner</translation>
    </message>
    <message>
        <source>the file system is read-only</source>
        <translation>das Dateisystem ist schreibgeschützt</translation>
    </message>
    <message>
        <source>system error %1 (%2)</source>
        <translation>Systemfehler %1 (%2)</translation>
    </message>
    <message>
        <source>The file could not be read</source>
        <translation>Die Datei ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>The data could not be written to the disk</source>
        <translation>Die Daten ließen sich nicht auf den Datenträger schreiben</translation>
    </message>
    <message>
        <source>The file could not be written</source>
        <translation>Die Datei ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>The file or folder could not be renamed</source>
        <translation>Die Datei oder der Ordner ließ sich nicht umbenennen</translation>
    </message>
    <message>
        <source>The file could not be opened</source>
        <translation>Die Datei ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>The file could not be mapped into memory</source>
        <translation>Die Datei ließ sich nicht in den Speicher einblenden</translation>
    </message>
    <message>
        <source>The file could not be copied</source>
        <translation>Die Datei ließ sich nicht kopieren</translation>
    </message>
    <message>
        <source>The folder opens with its configuration (tensors: %1, files: %2)</source>
        <translation>Der Ordner öffnet sich mit seiner Konfiguration (Tensoren: %1, Dateien: %2)</translation>
    </message>
    <message>
        <source>All groups of schemes are understood (%1)</source>
        <translation>Alle Schemagruppen werden verstanden (%1)</translation>
    </message>
    <message>
        <source>compute capability %1.%2</source>
        <translation>Compute Capability %1.%2</translation>
    </message>
    <message>
        <source>a CPU</source>
        <translation>einer CPU</translation>
    </message>
    <message>
        <source>The smoothing of %1 does not fit the model</source>
        <translation>Die Glättung von %1 passt nicht zum Modell</translation>
    </message>
    <message>
        <source>Give a run of this model.</source>
        <translation>Einen Lauf dieses Modells angeben.</translation>
    </message>
    <message>
        <source>Resuming after %1 of %2 layers</source>
        <translation>Wird nach %1 von %2 Schichten fortgesetzt</translation>
    </message>
    <message>
        <source>%1 of %2 layers are kept: octavo-cli quantize --resume --run-directory %3 goes on from there</source>
        <translation>%1 von %2 Schichten sind aufbewahrt: octavo-cli quantize --resume --run-directory %3 setzt dort fort</translation>
    </message>
    <message>
        <source>Start the job again without --resume.</source>
        <translation>Den Auftrag ohne --resume neu starten.</translation>
    </message>
    <message>
        <source>The journal could not be created</source>
        <translation>Das Journal ließ sich nicht anlegen</translation>
    </message>
    <message>
        <source>There is nothing to resume: the run has no journal</source>
        <translation>Es gibt nichts fortzusetzen: Der Lauf hat kein Journal</translation>
    </message>
    <message>
        <source>The journal of the run is damaged</source>
        <translation>Das Journal des Laufs ist beschädigt</translation>
    </message>
    <message>
        <source>Another process is working on this run</source>
        <translation>Ein anderer Prozess arbeitet an diesem Lauf</translation>
    </message>
    <message>
        <source>Wait until it has ended, or start a new run.</source>
        <translation>Warten, bis er beendet ist, oder einen neuen Lauf starten.</translation>
    </message>
    <message>
        <source>The journal of the run comes from a newer version of Octavo</source>
        <translation>Das Journal des Laufs stammt von einer neueren Version von Octavo</translation>
    </message>
    <message>
        <source>The model has changed since the run was interrupted</source>
        <translation>Das Modell hat sich seit der Unterbrechung des Laufs geändert</translation>
    </message>
    <message>
        <source>The recipe is not the one that the run was started with</source>
        <translation>Das Rezept ist nicht das, mit dem der Lauf begonnen wurde</translation>
    </message>
    <message>
        <source>The calibration data are not those that the run was started with</source>
        <translation>Die Kalibrierdaten sind nicht die, mit denen der Lauf begonnen wurde</translation>
    </message>
    <message>
        <source>The run was started by another version of Octavo</source>
        <translation>Der Lauf wurde von einer anderen Version von Octavo begonnen</translation>
    </message>
    <message>
        <source>The run was started on another device</source>
        <translation>Der Lauf wurde auf einem anderen Gerät begonnen</translation>
    </message>
    <message>
        <source>The run was started with another number of threads</source>
        <translation>Der Lauf wurde mit einer anderen Zahl von Threads begonnen</translation>
    </message>
    <message>
        <source>The journal of the run does not hold %1</source>
        <translation>Das Journal des Laufs enthält %1 nicht</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>er ist leer</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>er ist zu groß</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>eine Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>eine Liste von Texten</translation>
    </message>
    <message>
        <source>a list of texts that are not empty</source>
        <translation>eine Liste nicht leerer Texte</translation>
    </message>
    <message>
        <source>an object of group names and strengths</source>
        <translation>ein Objekt aus Gruppennamen und Stärken</translation>
    </message>
    <message>
        <source>a number from 0 to 1</source>
        <translation>eine Zahl von 0 bis 1</translation>
    </message>
    <message>
        <source>a list of at least one name, class or re: pattern</source>
        <translation>eine Liste mit mindestens einem Namen, einer Klasse oder einem re:-Muster</translation>
    </message>
    <message>
        <source>a whole number that is not negative</source>
        <translation>eine ganze Zahl, die nicht negativ ist</translation>
    </message>
    <message>
        <source>two sizes, as in [128, 128]</source>
        <translation>zwei Größen wie in [128, 128]</translation>
    </message>
    <message>
        <source>two sizes from 1 to 65536</source>
        <translation>zwei Größen von 1 bis 65536</translation>
    </message>
    <message>
        <source>true, false or &quot;local&quot;</source>
        <translation>true, false oder &quot;local&quot;</translation>
    </message>
    <message>
        <source>null, &quot;static&quot; or &quot;weight&quot; (other orders are not served)</source>
        <translation>null, &quot;static&quot; oder &quot;weight&quot; (andere Reihenfolgen werden nicht bedient)</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>4 or 8, which floating point must be</source>
        <translation>4 oder 8, wie es Gleitkomma sein muss</translation>
    </message>
    <message>
        <source>true, which floating point must be</source>
        <translation>true, wie es Gleitkomma sein muss</translation>
    </message>
    <message>
        <source>positive, which this strategy needs</source>
        <translation>positiv, wie es diese Strategie braucht</translation>
    </message>
    <message>
        <source>absent, which this strategy needs</source>
        <translation>abwesend, wie es diese Strategie braucht</translation>
    </message>
    <message>
        <source>given exactly when the strategy is &quot;block&quot;</source>
        <translation>genau dann angegeben, wenn die Strategie &quot;block&quot; ist</translation>
    </message>
    <message>
        <source>true, which the strategy &quot;token&quot; needs</source>
        <translation>true, wie es die Strategie &quot;token&quot; braucht</translation>
    </message>
    <message>
        <source>false, which this strategy needs</source>
        <translation>false, wie es diese Strategie braucht</translation>
    </message>
    <message>
        <source>true or false (&quot;local&quot; needs tensor_group)</source>
        <translation>true oder false (&quot;local&quot; braucht tensor_group)</translation>
    </message>
    <message>
        <source>null, which dynamic quantization needs</source>
        <translation>null, wie es die dynamische Quantisierung braucht</translation>
    </message>
    <message>
        <source>false, which weights must be</source>
        <translation>false, wie es bei Gewichten sein muss</translation>
    </message>
    <message>
        <source>a format of compressed-tensors (&quot;int-quantized&quot;, &quot;pack-quantized&quot;, …)</source>
        <translation>ein Format von compressed-tensors (&quot;int-quantized&quot;, &quot;pack-quantized&quot;, …)</translation>
    </message>
    <message>
        <source>The run folder could not be created</source>
        <translation>Der Laufordner ließ sich nicht anlegen</translation>
    </message>
    <message>
        <source>This is no sensitivity table</source>
        <translation>Das ist keine Empfindlichkeitstabelle</translation>
    </message>
    <message>
        <source>Give a file that `octavo-cli sensitivity` wrote.</source>
        <translation>Eine Datei angeben, die `octavo-cli sensitivity` geschrieben hat.</translation>
    </message>
    <message>
        <source>The sensitivity table was written by a newer version of Octavo (schema %1; this version reads %2)</source>
        <translation>Die Empfindlichkeitstabelle wurde von einer neueren Version von Octavo geschrieben (Formatversion %1; diese Version liest %2)</translation>
    </message>
    <message>
        <source>Update Octavo, or measure again with this version.</source>
        <translation>Octavo aktualisieren oder mit dieser Version noch einmal messen.</translation>
    </message>
    <message>
        <source>the file cannot be read or is too large</source>
        <translation>die Datei ist nicht lesbar oder zu groß</translation>
    </message>
    <message>
        <source>it has no pieces</source>
        <translation>er hat keine Textstücke</translation>
    </message>
    <message>
        <source>an id is outside the vocabulary</source>
        <translation>eine ID liegt außerhalb des Vokabulars</translation>
    </message>
    <message>
        <source>the added token &quot;%1&quot; has the id %2</source>
        <translation>das zusätzliche Token „%1“ hat die ID %2</translation>
    </message>
    <message>
        <source>added_tokens_decoder has the key &quot;%1&quot;</source>
        <translation>added_tokens_decoder hat den Schlüssel „%1“</translation>
    </message>
    <message>
        <source>added_tokens.json gives &quot;%1&quot; no usable id</source>
        <translation>added_tokens.json gibt „%1“ keine verwendbare ID</translation>
    </message>
    <message>
        <source>The pin &quot;%1&quot; has no scheme</source>
        <translation>Die Festlegung „%1“ nennt kein Schema</translation>
    </message>
    <message>
        <source>Write GROUP=SCHEME, or GROUP=16 for 16 bit.</source>
        <translation>GRUPPE=SCHEMA schreiben oder GRUPPE=16 für 16 Bit.</translation>
    </message>
    <message>
        <source>The model and --output are missing</source>
        <translation>Das Modell und --output fehlen</translation>
    </message>
    <message>
        <source>quantize MODEL --output DIR, or --resume --run-directory DIR for an interrupted run.</source>
        <translation>quantize MODELL --output ORDNER, oder --resume --run-directory ORDNER für einen unterbrochenen Lauf.</translation>
    </message>
    <message>
        <source>There is no interrupted run of this model with this recipe and output</source>
        <translation>Es gibt keinen unterbrochenen Lauf dieses Modells mit diesem Rezept und dieser Ausgabe</translation>
    </message>
    <message>
        <source>Name its folder with --run-directory, or start the job again without --resume.</source>
        <translation>Seinen Ordner mit --run-directory nennen oder den Auftrag ohne --resume neu starten.</translation>
    </message>
    <message>
        <source>The target cannot run %1</source>
        <translation>Auf dem Ziel läuft %1 nicht</translation>
    </message>
    <message>
        <source>The target runs %1 natively</source>
        <translation>Auf dem Ziel läuft %1 nativ</translation>
    </message>
    <message>
        <source>The target runs %1, but not natively</source>
        <translation>Auf dem Ziel läuft %1, aber nicht nativ</translation>
    </message>
    <message>
        <source>The weights of %1 cannot be stored as %2</source>
        <translation>Die Gewichte von %1 lassen sich nicht als %2 speichern</translation>
    </message>
    <message>
        <source>Leave the format out: it follows from the numbers.</source>
        <translation>Das Format weglassen: Es folgt aus den Zahlen.</translation>
    </message>
    <message>
        <source>Export the folder again with another scheme or group size.</source>
        <translation>Den Ordner mit einem anderen Schema oder einer anderen Gruppengröße neu exportieren.</translation>
    </message>
    <message>
        <source>Groups and blocks divide the matrices as vLLM&apos;s kernels need it</source>
        <translation>Gruppen und Blöcke teilen die Matrizen so, wie es die Kernel von vLLM brauchen</translation>
    </message>
    <message>
        <source>%1 and %2 differ, though vLLM runs their matrices as one</source>
        <translation>%1 und %2 unterscheiden sich, obwohl vLLM ihre Matrizen als eine ausführt</translation>
    </message>
    <message>
        <source>Matrices that vLLM fuses share the scales that it keeps once</source>
        <translation>Matrizen, die vLLM verschmilzt, teilen sich die Skalen, die es nur einmal hält</translation>
    </message>
    <message>
        <source>%1 says %2 instead of %3</source>
        <translation>%1 sagt %2 statt %3</translation>
    </message>
    <message>
        <source>Packed weights say their shape rightly</source>
        <translation>Gepackte Gewichte nennen ihre Form richtig</translation>
    </message>
    <message>
        <source>%1 holds the code %2, which %3 bits cannot be (element %4)</source>
        <translation>%1 enthält den Code %2, den %3 Bit nicht darstellen können (Element %4)</translation>
    </message>
    <message>
        <source>Every code lies in the range of its bits</source>
        <translation>Jeder Code liegt im Bereich seiner Bits</translation>
    </message>
    <message>
        <source>The model was not made from this reference: their embeddings have nothing in common</source>
        <translation>Das Modell wurde nicht aus diesem Original gemacht: Ihre Embeddings haben nichts gemeinsam</translation>
    </message>
    <message>
        <source>Each line is one object with &quot;question&quot;, &quot;choices&quot; (a list of texts) and &quot;answer&quot; (index from 0, letter, or the text of a choice).</source>
        <translation>Jede Zeile ist ein Objekt mit „question“, „choices“ (einer Liste von Texten) und „answer“ (Index ab 0, Buchstabe oder Text einer Auswahl).</translation>
    </message>
    <message>
        <source>The answer is none of the choices</source>
        <translation>Die Antwort ist keine der Auswahlen</translation>
    </message>
    <message>
        <source>The line is no JSON object</source>
        <translation>Die Zeile ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing</source>
        <translation>„%1“ fehlt</translation>
    </message>
    <message>
        <source>&quot;question&quot; is no text</source>
        <translation>„question“ ist kein Text</translation>
    </message>
    <message>
        <source>There are fewer than two choices</source>
        <translation>Es gibt weniger als zwei Auswahlen</translation>
    </message>
    <message>
        <source>A choice is no text, or empty</source>
        <translation>Eine Auswahl ist kein Text oder leer</translation>
    </message>
    <message>
        <source>The line is no JSON</source>
        <translation>Die Zeile ist kein JSON</translation>
    </message>
    <message>
        <source>The file holds no questions</source>
        <translation>Die Datei enthält keine Fragen</translation>
    </message>
    <message>
        <source>Use one scale per channel (--group-size channel), or ignore this matrix and those fused with it.</source>
        <translation>Eine Skala je Kanal verwenden (--group-size channel) oder diese Matrix und die mit ihr verschmolzenen auslassen.</translation>
    </message>
    <message>
        <source>Group sizes that would work: %1; or one scale per channel. --group-size auto finds the largest.</source>
        <translation>Passende Gruppengrößen: %1; oder eine Skala je Kanal. --group-size auto findet die größte.</translation>
    </message>
    <message>
        <source>The scheme %1 packs %2 codes at a time, which does not divide the sizes of %3 (%4 × %5)</source>
        <translation>Das Schema %1 packt je %2 Codes, was die Größen von %3 (%4 × %5) nicht teilt</translation>
    </message>
    <message>
        <source>Ignore this matrix (and those fused with it) or choose a scheme that is not packed.</source>
        <translation>Diese Matrix (und die mit ihr verschmolzenen) auslassen oder ein Schema wählen, das nicht packt.</translation>
    </message>
    <message>
        <source>The scheme %1 is not one that vLLM serves</source>
        <translation>Das Schema %1 gehört nicht zu denen, die vLLM betreibt</translation>
    </message>
    <message>
        <source>Use one of the presets, or change group size or activations of one.</source>
        <translation>Eine der Voreinstellungen verwenden oder Gruppengröße oder Aktivierungen einer solchen ändern.</translation>
    </message>
    <message>
        <source>The scheme %1 has no group size of its own choice</source>
        <translation>Beim Schema %1 ist die Gruppengröße nicht wählbar</translation>
    </message>
    <message>
        <source>Group sizes belong to integer weights such as those of W4A16.</source>
        <translation>Gruppengrößen gehören zu ganzzahligen Gewichten wie denen von W4A16.</translation>
    </message>
    <message>
        <source>vLLM has no kernel for groups of %1 columns</source>
        <translation>vLLM hat keinen Kernel für Gruppen von %1 Spalten</translation>
    </message>
    <message>
        <source>Use 128, 64, 32 or channel.</source>
        <translation>128, 64, 32 oder channel verwenden.</translation>
    </message>
    <message>
        <source>The comparison has schema %1; this version reads %2</source>
        <translation>Der Vergleich hat die Formatversion %1; diese Version liest %2</translation>
    </message>
    <message>
        <source>Update Octavo, or evaluate again with this version.</source>
        <translation>Octavo aktualisieren oder mit dieser Version neu auswerten.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a group size</source>
        <translation>„%1“ ist keine Gruppengröße</translation>
    </message>
    <message>
        <source>Use a number of columns, channel, auto or per-matrix.</source>
        <translation>Eine Zahl von Spalten, channel, auto oder per-matrix verwenden.</translation>
    </message>
    <message>
        <source>vLLM may run this checkpoint with 8-bit activations on this architecture although it was made for 16-bit ones; they lose little.</source>
        <translation>vLLM führt diesen Checkpoint auf dieser Architektur vielleicht mit 8-Bit-Aktivierungen aus, obwohl er für 16-Bit gemacht ist; dabei geht wenig verloren.</translation>
    </message>
    <message>
        <source>Only the Humming kernel unpacks weights of this width; arithmetic is 16-bit. W4A16 and W8A16 have faster and better tried kernels.</source>
        <translation>Nur der Humming-Kernel entpackt Gewichte dieser Breite; gerechnet wird in 16 Bit. W4A16 und W8A16 haben schnellere und besser erprobte Kernel.</translation>
    </message>
    <message>
        <source>The measurement of this table was interrupted</source>
        <translation>Die Messung dieser Tabelle wurde unterbrochen</translation>
    </message>
    <message>
        <source>Repeat the command that measured it: it goes on where it stopped.</source>
        <translation>Den Befehl wiederholen, der sie gemessen hat: Er macht dort weiter, wo er aufhörte.</translation>
    </message>
    <message>
        <source>The architecture %1 comes with code of its own (auto_map names %2), which Octavo does not run</source>
        <translation>Die Architektur %1 bringt eigenen Code mit (auto_map nennt %2), den Octavo nicht ausführt</translation>
    </message>
    <message>
        <source>Data-free schemes such as FP8_DYNAMIC work for any architecture. Where transformers has a class for this model, a version saved with it may be known.</source>
        <translation>Schemata ohne Daten wie FP8_DYNAMIC gehen mit jeder Architektur. Hat transformers eine Klasse für dieses Modell, so ist eine damit gespeicherte Fassung vielleicht bekannt.</translation>
    </message>
    <message>
        <source>a list of zeros and ones</source>
        <translation>eine Liste aus Nullen und Einsen</translation>
    </message>
    <message>
        <source>a list of layers</source>
        <translation>eine Liste von Schichten</translation>
    </message>
    <message>
        <source>at most the number of experts</source>
        <translation>höchstens die Zahl der Experten</translation>
    </message>
    <message>
        <source>a divisor of the number of experts that leaves enough of them</source>
        <translation>ein Teiler der Zahl der Experten, der genug von ihnen übrig lässt</translation>
    </message>
    <message>
        <source>as many as attention heads with latent attention</source>
        <translation>bei latenter Aufmerksamkeit so viele wie Aufmerksamkeitsköpfe</translation>
    </message>
    <message>
        <source>a positive number</source>
        <translation>eine positive Zahl</translation>
    </message>
    <message>
        <source>a share that leaves an even number of channels</source>
        <translation>ein Anteil, der eine gerade Zahl von Kanälen ergibt</translation>
    </message>
    <message>
        <source>a list with one number per pair of turned channels</source>
        <translation>eine Liste mit einer Zahl je Paar gedrehter Kanäle</translation>
    </message>
    <message>
        <source>a list of positive numbers</source>
        <translation>eine Liste positiver Zahlen</translation>
    </message>
    <message>
        <source>Known types: default, linear, dynamic, llama3, yarn, longrope.</source>
        <translation>Bekannte Arten: default, linear, dynamic, llama3, yarn, longrope.</translation>
    </message>
    <message>
        <source>Layer %1: %2 of %3 experts were reached by fewer than %4 of the calibration tokens; they were calibrated with tokens of other experts as well</source>
        <translation>Schicht %1: %2 von %3 Experten wurden von weniger als %4 der Kalibrierungstoken erreicht; sie wurden auch mit Token anderer Experten kalibriert</translation>
    </message>
    <message>
        <source>%1 attention heads cannot be split over %2 cards: vLLM refuses to start</source>
        <translation>%1 Attention-Köpfe lassen sich nicht auf %2 Karten verteilen: vLLM startet dann nicht</translation>
    </message>
    <message>
        <source>%1 has %2 columns to split over %3 cards, which must come out in multiples of %4</source>
        <translation>%1 hat %2 Spalten für %3 Karten; jede muss ein Vielfaches von %4 bekommen</translation>
    </message>
    <message>
        <source>%1 has %2 rows to split over %3 cards, which must come out in multiples of %4</source>
        <translation>%1 hat %2 Zeilen für %3 Karten; jede muss ein Vielfaches von %4 bekommen</translation>
    </message>
    <message>
        <source>%1 key/value heads are copied to %2 cards: the KV cache shrinks no further</source>
        <translation>%1 Schlüssel/Wert-Köpfe werden auf %2 Karten kopiert: Der KV-Cache wird nicht weiter kleiner</translation>
    </message>
    <message>
        <source>%1 key/value heads cannot be split over %2 cards, nor copied evenly</source>
        <translation>%1 Schlüssel/Wert-Köpfe lassen sich auf %2 Karten weder verteilen noch gleichmäßig kopieren</translation>
    </message>
    <message>
        <source>%1 has both &quot;scheme&quot; and &quot;config_groups&quot;</source>
        <translation>%1 hat sowohl „scheme“ als auch „config_groups“</translation>
    </message>
    <message>
        <source>%1 has neither &quot;scheme&quot; nor &quot;config_groups&quot;</source>
        <translation>%1 hat weder „scheme“ noch „config_groups“</translation>
    </message>
    <message>
        <source>%1 is missing; vLLM would take 1 in its place</source>
        <translation>%1 fehlt; vLLM würde an seiner Stelle 1 nehmen</translation>
    </message>
    <message>
        <source>%1 samples cannot come from %2 datasets</source>
        <translation>%1 Proben können nicht aus %2 Datensätzen kommen</translation>
    </message>
    <message>
        <source>%1 stands behind the modifier that quantizes</source>
        <translation>%1 steht hinter dem Modifier, der quantisiert</translation>
    </message>
    <message>
        <source>%1 stands in the recipe twice</source>
        <translation>%1 steht zweimal im Rezept</translation>
    </message>
    <message>
        <source>A recipe of llm-compressor has stages with names that end in _stage.</source>
        <translation>Ein Rezept von llm-compressor hat Stufen, deren Namen auf _stage enden.</translation>
    </message>
    <message>
        <source>A text to be continued is empty</source>
        <translation>Ein Text, der fortgesetzt werden soll, ist leer</translation>
    </message>
    <message>
        <source>An entry has no &quot;%1&quot;, which was to be read as &quot;%2&quot;</source>
        <translation>Ein Eintrag hat kein „%1“, das als „%2“ gelesen werden sollte</translation>
    </message>
    <message>
        <source>Calibrate with a dataset instead.</source>
        <translation>Stattdessen mit einem Datensatz kalibrieren.</translation>
    </message>
    <message>
        <source>Calibrate with a dataset.</source>
        <translation>Mit einem Datensatz kalibrieren.</translation>
    </message>
    <message>
        <source>Calibration data are needed for the scales of the KV cache; the rest of the recipe would do without</source>
        <translation>Für die Skalen des KV-Caches sind Kalibrierdaten nötig; der Rest des Rezepts käme ohne sie aus</translation>
    </message>
    <message>
        <source>Correct the names of the columns.</source>
        <translation>Die Namen der Spalten berichtigen.</translation>
    </message>
    <message>
        <source>Fetch it again, or convert the dataset to JSON lines.</source>
        <translation>Erneut herunterladen oder den Datensatz in JSON-Zeilen umwandeln.</translation>
    </message>
    <message>
        <source>Give a file, builtin or self.</source>
        <translation>Eine Datei, builtin oder self angeben.</translation>
    </message>
    <message>
        <source>Give at least one token.</source>
        <translation>Mindestens ein Token angeben.</translation>
    </message>
    <message>
        <source>Groups of modifiers have names that end in _modifiers.</source>
        <translation>Gruppen von Modifiern haben Namen, die auf _modifiers enden.</translation>
    </message>
    <message>
        <source>It has to start with a stage, as in &quot;default_stage:&quot;.</source>
        <translation>Es muss mit einer Stufe beginnen, etwa „default_stage:“.</translation>
    </message>
    <message>
        <source>It is damaged, or its row groups are too large: write it again.</source>
        <translation>Sie ist beschädigt oder ihre Zeilengruppen sind zu groß: neu schreiben.</translation>
    </message>
    <message>
        <source>It needs a GPTQModifier or a QuantizationModifier.</source>
        <translation>Es braucht einen GPTQModifier oder QuantizationModifier.</translation>
    </message>
    <message>
        <source>Keys and values of every layer have their scales</source>
        <translation>Schlüssel und Werte jeder Schicht haben ihre Skalen</translation>
    </message>
    <message>
        <source>Leave one.</source>
        <translation>Nur eines davon lassen.</translation>
    </message>
    <message>
        <source>Leave the KV cache in 16 bit (&quot;kv_cache&quot;: null, --kv-cache none).</source>
        <translation>Den KV-Cache in 16 Bit lassen („kv_cache“: null, --kv-cache none).</translation>
    </message>
    <message>
        <source>Mend the file at this line.</source>
        <translation>Die Datei in dieser Zeile berichtigen.</translation>
    </message>
    <message>
        <source>Mixtures of experts and latent attention are solved for their own outputs: &quot;correction&quot; has no effect on this model</source>
        <translation>Expertenmischungen und latente Attention werden für ihre eigenen Ausgaben gelöst: „correction“ wirkt bei diesem Modell nicht</translation>
    </message>
    <message>
        <source>Name it once.</source>
        <translation>Einmal nennen.</translation>
    </message>
    <message>
        <source>Norms to q, k, v and to gate, up, v to o and up to down are understood.</source>
        <translation>Verstanden werden: Normen zu q, k, v und zu gate, up; v zu o; up zu down.</translation>
    </message>
    <message>
        <source>Octavo does not know the observer &quot;%1&quot; for activations</source>
        <translation>Octavo kennt den Beobachter „%1“ für Aktivierungen nicht</translation>
    </message>
    <message>
        <source>Octavo does not know the observer &quot;%1&quot; for weights</source>
        <translation>Octavo kennt den Beobachter „%1“ für Gewichte nicht</translation>
    </message>
    <message>
        <source>Octavo does not know the option &quot;%1&quot; of %2</source>
        <translation>Octavo kennt die Option „%1“ von %2 nicht</translation>
    </message>
    <message>
        <source>Octavo does not know this mapping (readers of %1)</source>
        <translation>Octavo kennt diese Zuordnung nicht (Leser von %1)</translation>
    </message>
    <message>
        <source>Octavo does not quantize the outputs of matrices</source>
        <translation>Octavo quantisiert die Ausgaben von Matrizen nicht</translation>
    </message>
    <message>
        <source>Octavo does not quantize what &quot;%1&quot; names</source>
        <translation>Octavo quantisiert nicht, was „%1“ nennt</translation>
    </message>
    <message>
        <source>Octavo has no counterpart of %1</source>
        <translation>Octavo hat keine Entsprechung zu %1</translation>
    </message>
    <message>
        <source>Octavo smooths both or none: write both mappings or leave them out.</source>
        <translation>Octavo glättet beide oder keine: beide Zuordnungen schreiben oder weglassen.</translation>
    </message>
    <message>
        <source>Octavo writes no groups that do not divide a matrix</source>
        <translation>Octavo schreibt keine Gruppen, die eine Matrix nicht teilen</translation>
    </message>
    <message>
        <source>Remove &quot;output_activations&quot;.</source>
        <translation>„output_activations“ entfernen.</translation>
    </message>
    <message>
        <source>Remove it if the recipe means the same without.</source>
        <translation>Entfernen, wenn das Rezept ohne es dasselbe bedeutet.</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Entfernen.</translation>
    </message>
    <message>
        <source>Remove one of the two.</source>
        <translation>Eines der beiden entfernen.</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>Eines davon entfernen.</translation>
    </message>
    <message>
        <source>Remove the option; --group-size auto finds a size that divides.</source>
        <translation>Die Option entfernen; --group-size auto findet eine Größe, die teilt.</translation>
    </message>
    <message>
        <source>Say what to quantize to, as in &quot;scheme: W8A8&quot;.</source>
        <translation>Angeben, worauf quantisiert werden soll, etwa „scheme: W8A8“.</translation>
    </message>
    <message>
        <source>Smoothing has to come first.</source>
        <translation>Die Glättung muss zuerst kommen.</translation>
    </message>
    <message>
        <source>The Parquet file asks for more memory than a dataset may take</source>
        <translation>Die Parquet-Datei verlangt mehr Speicher, als ein Datensatz einnehmen darf</translation>
    </message>
    <message>
        <source>The Parquet file cannot be read: %1</source>
        <translation>Die Parquet-Datei ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>The cache scheme is not 8-bit floating point, static, symmetric, per tensor or head</source>
        <translation>Das Cache-Schema ist nicht 8-Bit-Gleitkomma, statisch, symmetrisch, je Tensor oder Kopf</translation>
    </message>
    <message>
        <source>The calibration data have no name</source>
        <translation>Die Kalibrierdaten haben keinen Namen</translation>
    </message>
    <message>
        <source>The column &quot;%1&quot; is named twice</source>
        <translation>Die Spalte „%1“ ist zweimal genannt</translation>
    </message>
    <message>
        <source>The columns are: %1.</source>
        <translation>Die Spalten sind: %1.</translation>
    </message>
    <message>
        <source>The document is nested too deeply or too large for a recipe</source>
        <translation>Das Dokument ist für ein Rezept zu tief verschachtelt oder zu groß</translation>
    </message>
    <message>
        <source>The file holds no recipe of llm-compressor</source>
        <translation>Die Datei enthält kein Rezept von llm-compressor</translation>
    </message>
    <message>
        <source>The file is too large for a recipe</source>
        <translation>Die Datei ist für ein Rezept zu groß</translation>
    </message>
    <message>
        <source>The mappings smooth the norm of attention or of the MLP, but not both</source>
        <translation>Die Zuordnungen glätten die Norm der Attention oder des MLP, aber nicht beide</translation>
    </message>
    <message>
        <source>The model has no token that starts a text, so it cannot write any</source>
        <translation>Das Modell hat kein Token, das einen Text beginnt, und kann daher keinen schreiben</translation>
    </message>
    <message>
        <source>The model keeps the keys and values that are to be scaled</source>
        <translation>Das Modell hält die Schlüssel und Werte, die skaliert werden sollen</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; stands here twice, or is none</source>
        <translation>Der Name „%1“ steht hier zweimal oder ist keiner</translation>
    </message>
    <message>
        <source>The recipe asks for an FP8 KV cache, but the attention of %1 keeps a latent, for which there are no scales</source>
        <translation>Das Rezept verlangt einen FP8-KV-Cache, aber die Attention von %1 hält eine Latente, für die es keine Skalen gibt</translation>
    </message>
    <message>
        <source>The recipe asks for an FP8 KV cache, but the model has no attention that keeps one</source>
        <translation>Das Rezept verlangt einen FP8-KV-Cache, aber das Modell hat keine Attention, die einen hält</translation>
    </message>
    <message>
        <source>The recipe clips static activations at a percentile, but no scheme in it has any</source>
        <translation>Das Rezept kappt statische Aktivierungen an einem Perzentil, aber kein Schema darin hat welche</translation>
    </message>
    <message>
        <source>The recipe contradicts itself: the pattern &quot;%1&quot; stands for %2 and for %3</source>
        <translation>Das Rezept widerspricht sich: Das Muster „%1“ steht für %2 und für %3</translation>
    </message>
    <message>
        <source>The recipe quantizes nothing</source>
        <translation>Das Rezept quantisiert nichts</translation>
    </message>
    <message>
        <source>The sampling options are out of range</source>
        <translation>Die Optionen des Ziehens liegen außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>The scales of the KV cache were not checked: the architecture is not known here</source>
        <translation>Die Skalen des KV-Caches wurden nicht geprüft: Die Architektur ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>The scheme %1 has no static activations in vLLM</source>
        <translation>Das Schema %1 hat in vLLM keine statischen Aktivierungen</translation>
    </message>
    <message>
        <source>The scheme of the KV cache is not one that vLLM takes</source>
        <translation>Das Schema des KV-Caches ist keines, das vLLM annimmt</translation>
    </message>
    <message>
        <source>The temperature is 0 or more, the share of the likeliest tokens above 0 and at most 1.</source>
        <translation>Die Temperatur ist 0 oder größer, der Anteil der wahrscheinlichsten Token größer als 0 und höchstens 1.</translation>
    </message>
    <message>
        <source>The weight of &quot;%1&quot; is not above 0</source>
        <translation>Das Gewicht von „%1“ ist nicht größer als 0</translation>
    </message>
    <message>
        <source>There is no column &quot;%1&quot; to be named</source>
        <translation>Es gibt keine Spalte „%1“, die genannt werden könnte</translation>
    </message>
    <message>
        <source>This is not valid YAML: %1</source>
        <translation>Das ist kein gültiges YAML: %1</translation>
    </message>
    <message>
        <source>Use FP8 or static activations (--activations static), or remove &quot;activation_percentile&quot;.</source>
        <translation>FP8 oder statische Aktivierungen verwenden (--activations static) oder „activation_percentile“ entfernen.</translation>
    </message>
    <message>
        <source>Use W8A8, or FP8, whose activations are static as it is.</source>
        <translation>W8A8 verwenden oder FP8, dessen Aktivierungen ohnehin statisch sind.</translation>
    </message>
    <message>
        <source>Use minmax, memoryless_minmax, mse or memoryless_mse.</source>
        <translation>minmax, memoryless_minmax, mse oder memoryless_mse verwenden.</translation>
    </message>
    <message>
        <source>Use more samples or fewer datasets.</source>
        <translation>Mehr Proben oder weniger Datensätze verwenden.</translation>
    </message>
    <message>
        <source>Use static_minmax, which takes the extremes over all data.</source>
        <translation>static_minmax verwenden, das die Extremwerte aller Daten nimmt.</translation>
    </message>
    <message>
        <source>Use the recipe alone.</source>
        <translation>Nur das Rezept verwenden.</translation>
    </message>
    <message>
        <source>Write FILE:WEIGHT, as in chats.jsonl:2.</source>
        <translation>DATEI:GEWICHT schreiben, etwa chats.jsonl:2.</translation>
    </message>
    <message>
        <source>Write &quot;targets: [Linear]&quot;.</source>
        <translation>„targets: [Linear]“ schreiben.</translation>
    </message>
    <message>
        <source>Write pairs as in messages=conversation,role=speaker.</source>
        <translation>Paare schreiben wie in messages=conversation,role=speaker.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not say which column stands for which</source>
        <translation>„%1“ sagt nicht, welche Spalte wofür steht</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a group of modifiers</source>
        <translation>„%1“ ist keine Gruppe von Modifiern</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a stage of a recipe</source>
        <translation>„%1“ ist keine Stufe eines Rezepts</translation>
    </message>
    <message>
        <source>&quot;%1&quot; schedules a modifier during training, which quantization does not have</source>
        <translation>„%1“ plant einen Modifier im Training, das es beim Quantisieren nicht gibt</translation>
    </message>
    <message>
        <source>a map of at least one group</source>
        <translation>eine Abbildung mit mindestens einer Gruppe</translation>
    </message>
    <message>
        <source>a map of names and values</source>
        <translation>eine Abbildung von Namen auf Werte</translation>
    </message>
    <message>
        <source>a pair of readers and producer</source>
        <translation>ein Paar aus Lesern und Erzeuger</translation>
    </message>
    <message>
        <source>null, static or weight (other orders are not served)</source>
        <translation>null, static oder weight (andere Reihenfolgen werden nicht bedient)</translation>
    </message>
    <message>
        <source>static, symmetric 8-bit floating point per tensor or attn_head</source>
        <translation>statisches, symmetrisches 8-Bit-Gleitkomma je tensor oder attn_head</translation>
    </message>
    <message>
        <source>true: layers are always solved one after the other</source>
        <translation>true: Schichten werden immer nacheinander gelöst</translation>
    </message>
    <message>
        <source>SmoothQuantModifier, AWQModifier, GPTQModifier and QuantizationModifier are understood.</source>
        <translation>Verstanden werden SmoothQuantModifier, AWQModifier, GPTQModifier und QuantizationModifier.</translation>
    </message>
    <message>
        <source>Name the run that made this folder, or leave the run out.</source>
        <translation>Den Lauf nennen, der diesen Ordner erzeugt hat, oder den Lauf weglassen.</translation>
    </message>
    <message>
        <source>The run exported to %1, but %2 is evaluated</source>
        <translation>Der Lauf hat nach %1 exportiert, ausgewertet wird aber %2</translation>
    </message>
    <message>
        <source>The run is not finished: it keeps no evaluation</source>
        <translation>Der Lauf ist nicht beendet: Er nimmt keine Auswertung auf</translation>
    </message>
    <message>
        <source>Wait for its end, or leave the run out.</source>
        <translation>Sein Ende abwarten oder den Lauf weglassen.</translation>
    </message>
    <message>
        <source>vLLM&apos;s CPU build has no function for fixed scales of FP8 activations and stops while loading (seen with 0.32). Choose FP8_DYNAMIC or W8A8.</source>
        <translation>vLLMs CPU-Fassung hat keine Funktion für feste Skalen von FP8-Aktivierungen und bricht beim Laden ab (gesehen mit 0.32). FP8_DYNAMIC oder W8A8 wählen.</translation>
    </message>
    <message>
        <source>%1 of activations go to a file in the run folder; %2 of memory are free</source>
        <translation>%1 Aktivierungen kommen in eine Datei im Lauf-Ordner; %2 Arbeitsspeicher sind frei</translation>
    </message>
    <message>
        <source>%1 of activations in memory do not fit: %2 are free, of which a layer takes about %3</source>
        <translation>%1 Aktivierungen passen nicht in den Arbeitsspeicher: Frei sind %2, davon braucht eine Schicht etwa %3</translation>
    </message>
    <message>
        <source>%1 stands outside of the decoder&apos;s layers, and a recipe that needs calibration data solves what is inside</source>
        <translation>%1 steht außerhalb der Decoder-Schichten, und ein Rezept, das Kalibrierungsdaten braucht, löst nur, was darin liegt</translation>
    </message>
    <message>
        <source>Ask for fewer tokens or shorten the prompt.</source>
        <translation>Verlangen Sie weniger Token oder kürzen Sie den Prompt.</translation>
    </message>
    <message>
        <source>Both answers are the same, all %1 tokens.</source>
        <translation>Beide Antworten sind gleich, alle %1 Token.</translation>
    </message>
    <message>
        <source>Close other programs, use a machine with more memory, or a recipe that needs no data.</source>
        <translation>Schließen Sie andere Programme, nehmen Sie einen Rechner mit mehr Arbeitsspeicher oder ein Rezept, das keine Daten braucht.</translation>
    </message>
    <message>
        <source>Compare answers on a machine with more memory, or on a GPU.</source>
        <translation>Vergleichen Sie Antworten auf einem Rechner mit mehr Arbeitsspeicher oder auf einer GPU.</translation>
    </message>
    <message>
        <source>Give a run without --rotate-residual, or none.</source>
        <translation>Geben Sie einen Lauf ohne --rotate-residual an oder keinen.</translation>
    </message>
    <message>
        <source>Give at least one prompt.</source>
        <translation>Geben Sie mindestens einen Prompt an.</translation>
    </message>
    <message>
        <source>Ignore it, or use a recipe that only rounds, such as FP8_DYNAMIC.</source>
        <translation>Nehmen Sie sie aus, oder verwenden Sie ein Rezept, das nur rundet, etwa FP8_DYNAMIC.</translation>
    </message>
    <message>
        <source>Leave --activation-memory out, or give at most %1.</source>
        <translation>Lassen Sie --activation-memory weg oder geben Sie höchstens %1 an.</translation>
    </message>
    <message>
        <source>Leave one of them.</source>
        <translation>Lassen Sie eines davon stehen.</translation>
    </message>
    <message>
        <source>Leave out --rotate-residual (&quot;rotate_residual&quot; in the recipe).</source>
        <translation>Lassen Sie --rotate-residual weg („rotate_residual“ im Rezept).</translation>
    </message>
    <message>
        <source>One layer of this model needs about %1 of memory while it is solved, and %2 are free</source>
        <translation>Eine Schicht dieses Modells braucht beim Lösen etwa %1 Arbeitsspeicher, frei sind %2</translation>
    </message>
    <message>
        <source>Prompt %1 has %2 tokens; with an answer of %3 that is more than the model&apos;s context of %4</source>
        <translation>Prompt %1 hat %2 Token; mit einer Antwort von %3 ist das mehr als der Kontext des Modells von %4</translation>
    </message>
    <message>
        <source>Prompt %1 is empty</source>
        <translation>Prompt %1 ist leer</translation>
    </message>
    <message>
        <source>The activations of %1 tokens take %2, and neither the memory (%3 free) nor the disk of the run folder (%4 free) holds them</source>
        <translation>Die Aktivierungen von %1 Token belegen %2, und weder der Arbeitsspeicher (%3 frei) noch die Platte des Lauf-Ordners (%4 frei) fassen sie</translation>
    </message>
    <message>
        <source>The answers part at token %1, where the original had a clear preference: it gave its own token %2 % and the other one %3 %.</source>
        <translation>Die Antworten trennen sich bei Token %1, wo das Original eine klare Vorliebe hatte: Es gab seinem eigenen Token %2 % und dem anderen %3 %.</translation>
    </message>
    <message>
        <source>The answers part at token %1, where the original was near a tie: it gave its own token %2 % and the other one %3 %. A small change decides such a choice.</source>
        <translation>Die Antworten trennen sich bei Token %1, wo das Original fast unentschieden war: Es gab seinem eigenen Token %2 % und dem anderen %3 %. Über eine solche Wahl entscheidet eine kleine Änderung.</translation>
    </message>
    <message>
        <source>The file for the activations could not be created</source>
        <translation>Die Datei für die Aktivierungen konnte nicht angelegt werden</translation>
    </message>
    <message>
        <source>The file for the activations could not be made large enough</source>
        <translation>Die Datei für die Aktivierungen konnte nicht groß genug angelegt werden</translation>
    </message>
    <message>
        <source>The file for the activations could not be mapped into memory</source>
        <translation>Die Datei für die Aktivierungen konnte nicht in den Speicher abgebildet werden</translation>
    </message>
    <message>
        <source>The file holds no prompt</source>
        <translation>Die Datei enthält keinen Prompt</translation>
    </message>
    <message>
        <source>The recipe contradicts itself: the pattern &quot;%1&quot; has two values of one option of the solver</source>
        <translation>Das Rezept widerspricht sich: Das Muster „%1“ hat zwei Werte für eine Option des Lösers</translation>
    </message>
    <message>
        <source>The recipe says how to solve &quot;%1&quot;, but also to leave it in 16 bit</source>
        <translation>Das Rezept sagt, wie „%1“ gelöst wird, aber auch, dass es in 16 Bit bleibt</translation>
    </message>
    <message>
        <source>The residual stream of %1 cannot be turned: %2</source>
        <translation>Der Residualstrom von %1 kann nicht gedreht werden: %2</translation>
    </message>
    <message>
        <source>The run turned the residual stream: its errors and its smoothing are not those of the original&apos;s matrices</source>
        <translation>Der Lauf hat den Residualstrom gedreht: Seine Fehler und seine Glättung sind nicht die der Matrizen des Originals</translation>
    </message>
    <message>
        <source>The two models have vocabularies of %1 and %2 tokens: their answers cannot be compared</source>
        <translation>Die beiden Modelle haben Vokabulare von %1 und %2 Token: Ihre Antworten lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>There is nothing to answer</source>
        <translation>Es gibt nichts zu beantworten</translation>
    </message>
    <message>
        <source>Use at most %1 tokens (fewer or shorter samples), or --run-directory on a larger disk.</source>
        <translation>Nehmen Sie höchstens %1 Token (weniger oder kürzere Beispiele) oder --run-directory auf einer größeren Platte.</translation>
    </message>
    <message>
        <source>Write PATTERN=WHAT, for example &apos;re:.*down_proj=FP8_DYNAMIC,rtn&apos;.</source>
        <translation>Schreiben Sie MUSTER=WAS, zum Beispiel &apos;re:.*down_proj=FP8_DYNAMIC,rtn&apos;.</translation>
    </message>
    <message>
        <source>Write one prompt on each line.</source>
        <translation>Schreiben Sie einen Prompt je Zeile.</translation>
    </message>
    <message>
        <source>Write something to be answered.</source>
        <translation>Schreiben Sie etwas, das beantwortet werden soll.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; does not say what to do with which matrices</source>
        <translation>„%1“ sagt nicht, was mit welchen Matrizen geschehen soll</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in &quot;%2&quot; says nothing that Octavo knows</source>
        <translation>„%1“ in „%2“ sagt nichts, was Octavo kennt</translation>
    </message>
    <message>
        <source>&quot;%1&quot; says two things about the same</source>
        <translation>„%1“ sagt zweierlei über dasselbe</translation>
    </message>
    <message>
        <source>it has norms between a matrix and the residual stream, whose gains cannot be moved</source>
        <translation>zwischen einer Matrix und dem Residualstrom stehen Normen, deren Faktoren nicht verschoben werden können</translation>
    </message>
    <message>
        <source>its norms store their gains less one, and only plain gains are moved into the matrices</source>
        <translation>ihre Normen speichern den Faktor weniger eins, und nur einfache Faktoren werden in die Matrizen verschoben</translation>
    </message>
    <message>
        <source>its norms subtract the mean of the channels, which is another after a turn</source>
        <translation>ihre Normen ziehen den Mittelwert der Kanäle ab, der nach einer Drehung ein anderer ist</translation>
    </message>
    <message>
        <source>tensors beside the language model (for pictures, sound or training) read its residual stream or write into it, and would not be turned with it</source>
        <translation>Tensoren neben dem Sprachmodell (für Bilder, Ton oder Training) lesen seinen Residualstrom oder schreiben hinein und würden nicht mitgedreht</translation>
    </message>
    <message>
        <source>It belongs to no decoder layer, which is all that gradients are taken of</source>
        <translation>Sie gehört zu keiner Decoderschicht; nur für diese werden Gradienten berechnet</translation>
    </message>
    <message>
        <source>The gradient here is NaN or infinite</source>
        <translation>Der Gradient ist hier NaN oder unendlich</translation>
    </message>
    <message>
        <source>Another program may have taken it: nvidia-smi lists them. Use fewer or shorter samples, or --device cpu; a calibrated job goes on with --resume when the memory is free again.</source>
        <translation>Vielleicht hat ein anderes Programm ihn belegt: nvidia-smi zeigt sie. Weniger oder kürzere Beispiele verwenden oder --device cpu; ein kalibrierter Auftrag läuft mit --resume weiter, sobald der Speicher wieder frei ist.</translation>
    </message>
    <message>
        <source>Choose a disk that may hold files of that size, or raise the limit (ulimit -f).</source>
        <translation>Einen Datenträger wählen, der Dateien dieser Größe aufnehmen darf, oder die Grenze erhöhen (ulimit -f).</translation>
    </message>
    <message>
        <source>Choose a folder on another disk. One that became read-only while it was used may have failed: see dmesg.</source>
        <translation>Einen Ordner auf einem anderen Datenträger wählen. Wurde er während der Benutzung schreibgeschützt, kann er defekt sein: siehe dmesg.</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit (ulimit -n).</source>
        <translation>Andere Programme schließen oder die Grenze erhöhen (ulimit -n).</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limit (ulimit -v).</source>
        <translation>Andere Programme schließen oder die Grenze erhöhen (ulimit -v).</translation>
    </message>
    <message>
        <source>Close other programs, or use a machine with more memory.</source>
        <translation>Andere Programme schließen oder einen Rechner mit mehr Speicher verwenden.</translation>
    </message>
    <message>
        <source>Encoding the largest matrix of this model needs about %1 of memory, and %2 are free</source>
        <translation>Die größte Matrix dieses Modells zu kodieren braucht etwa %1 Speicher, und %2 sind frei</translation>
    </message>
    <message>
        <source>End what else runs on the device (nvidia-smi lists it), or use --device cpu.</source>
        <translation>Beenden, was sonst auf dem Gerät läuft (nvidia-smi zeigt es), oder --device cpu verwenden.</translation>
    </message>
    <message>
        <source>Evaluating %1 windows of %2 tokens takes about %3 of memory, and %4 are free</source>
        <translation>%1 Fenster mit je %2 Token auszuwerten braucht etwa %3 Speicher, und %4 sind frei</translation>
    </message>
    <message>
        <source>Give a run without --rotate-values, or measure rounded matrices.</source>
        <translation>Einen Lauf ohne --rotate-values angeben oder gerundete Matrizen messen.</translation>
    </message>
    <message>
        <source>No run of %1 was given, whose matrices could be taken</source>
        <translation>Es wurde kein Lauf mit %1 angegeben, dessen Matrizen genommen werden könnten</translation>
    </message>
    <message>
        <source>Quantize the model to it and give that run as well (--run), or measure rounded matrices.</source>
        <translation>Das Modell damit quantisieren und auch diesen Lauf angeben (--run) oder gerundete Matrizen messen.</translation>
    </message>
    <message>
        <source>The disk of the run folder has %1 free and the journal of this job takes %2: it is not kept, so that the job cannot be resumed when it is interrupted</source>
        <translation>Auf dem Datenträger des Laufordners sind %1 frei, und das Journal dieses Auftrags braucht %2: Es wird nicht geführt, sodass der Auftrag nach einer Unterbrechung nicht fortgesetzt werden kann</translation>
    </message>
    <message>
        <source>The disk of the run folder is slow: the job waited %1 until a layer was kept. --run-directory puts the folder on another one</source>
        <translation>Der Datenträger des Laufordners ist langsam: Der Auftrag hat %1 gewartet, bis eine Schicht gesichert war. --run-directory legt den Ordner auf einen anderen</translation>
    </message>
    <message>
        <source>The disk or the connection to it may be failing: see dmesg, and use another one.</source>
        <translation>Der Datenträger oder die Verbindung zu ihm ist vielleicht gestört: siehe dmesg, und einen anderen verwenden.</translation>
    </message>
    <message>
        <source>The export needs %1, but only %2 are free</source>
        <translation>Der Export braucht %1, aber nur %2 sind frei</translation>
    </message>
    <message>
        <source>The job needs about %1 of memory on %2, and %3 of its %4 are free</source>
        <translation>Der Auftrag braucht etwa %1 Speicher auf %2, und %3 von dessen %4 sind frei</translation>
    </message>
    <message>
        <source>The run turned the values: its matrices cannot take the place of the original&apos;s</source>
        <translation>Der Lauf hat die Werte (values) gedreht: Seine Matrizen können die des Originals nicht ersetzen</translation>
    </message>
    <message>
        <source>Use at most %1 tokens (fewer or shorter samples), end what else runs on the device (nvidia-smi lists it), or use --device cpu.</source>
        <translation>Höchstens %1 Token verwenden (weniger oder kürzere Beispiele), beenden, was sonst auf dem Gerät läuft (nvidia-smi zeigt es), oder --device cpu verwenden.</translation>
    </message>
    <message>
        <source>Use at most %1 windows (--windows) or shorter ones, or close other programs.</source>
        <translation>Höchstens %1 Fenster (--windows) oder kürzere verwenden oder andere Programme schließen.</translation>
    </message>
    <message>
        <source>Writing text with this model takes about %1 of memory, and %2 are free</source>
        <translation>Mit diesem Modell Text zu schreiben braucht etwa %1 Speicher, und %2 sind frei</translation>
    </message>
    <message>
        <source>A layer made more products than it did before</source>
        <translation>Eine Schicht machte mehr Produkte als zuvor</translation>
    </message>
    <message>
        <source>A result has no place of its own in one piece</source>
        <translation>Ein Ergebnis hat keinen zusammenhängenden Platz</translation>
    </message>
    <message>
        <source>Attention in bf16 does not show its keys and values</source>
        <translation>Attention in bf16 zeigt ihre Schlüssel und Werte nicht</translation>
    </message>
    <message>
        <source>%1 of activations stay in the memory of the host; %2 are free on the device</source>
        <translation>%1 Aktivierungen bleiben im Arbeitsspeicher des Rechners; auf dem Gerät sind %2 frei</translation>
    </message>
    <message>
        <source>Use a scheme, 16bit, rtn, gptq, minmax, mse, weighted-mse, act-order, no-act-order, damping=0.01, shrinkage=0.1, sweeps=3 or block=128, with commas between them.</source>
        <translation>Möglich sind ein Schema, 16bit, rtn, gptq, minmax, mse, weighted-mse, act-order, no-act-order, damping=0.01, shrinkage=0.1, sweeps=3 oder block=128, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>%1 is shorter than a window of %2 tokens: it is scored as one of %3</source>
        <translation>%1 ist kürzer als ein Fenster von %2 Tokens und wird als eines von %3 bewertet</translation>
    </message>
    <message>
        <source>The model has %1 layers and a vocabulary of %2 tokens, its reference %3 and %4</source>
        <translation>Das Modell hat %1 Schichten und ein Vokabular von %2 Tokens, seine Referenz %3 und %4</translation>
    </message>
    <message>
        <source>Open the model that the run was made of.</source>
        <translation>Das Modell öffnen, aus dem der Lauf entstand.</translation>
    </message>
    <message>
        <source>Statistics of %1 channels for a matrix of %2 columns</source>
        <translation>Statistik von %1 Kanälen für eine Matrix mit %2 Spalten</translation>
    </message>
    <message>
        <source>The weights do not have the sizes that the run recorded</source>
        <translation>Die Gewichte haben nicht die Größe, die der Lauf festgehalten hat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::AboutDialog</name>
    <message>
        <source>About Octavo</source>
        <translation>Über Octavo</translation>
    </message>
    <message>
        <source>&lt;b&gt;Octavo %1&lt;/b&gt;&lt;br&gt;Quantizes language models for vLLM and shows what it did.&lt;br&gt;GNU General Public License, version 3 or later; there is no warranty.</source>
        <translation>&lt;b&gt;Octavo %1&lt;/b&gt;&lt;br&gt;Quantisiert Sprachmodelle für vLLM und zeigt, was dabei geschah.&lt;br&gt;GNU General Public License, Version 3 oder neuer; ohne Gewährleistung.</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Bestandteile und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bestandteil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>loaded by the first job</source>
        <translation>wird mit dem ersten Auftrag geladen</translation>
    </message>
    <message>
        <source>MIT; Oniguruma itself BSD-2-Clause</source>
        <translation>MIT; Oniguruma selbst BSD-2-Clause</translation>
    </message>
    <message>
        <source>CUDA runtime</source>
        <translation>CUDA-Laufzeit</translation>
    </message>
    <message>
        <source>where the build has it</source>
        <translation>wo der Build sie enthält</translation>
    </message>
    <message>
        <source>NVIDIA EULA</source>
        <translation>NVIDIA EULA</translation>
    </message>
    <message>
        <source>&lt;p&gt;QCustomPlot is under the GNU General Public License, version 3 or later, therefore the whole program is.&lt;/p&gt;</source>
        <translation>&lt;p&gt;QCustomPlot steht unter der GNU General Public License, Version 3 oder neuer, daher auch das ganze Programm.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Actions</name>
    <message>
        <source>&amp;Open model…</source>
        <translation>Modell ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;run…</source>
        <translation>&amp;Lauf öffnen…</translation>
    </message>
    <message>
        <source>&amp;Sample model</source>
        <translation>Beispiel&amp;modell</translation>
    </message>
    <message>
        <source>Open calibration &amp;data…</source>
        <translation>Kalibrier&amp;daten öffnen…</translation>
    </message>
    <message>
        <source>&amp;Save the page as picture…</source>
        <translation>Seite als Bild &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Copy recipe</source>
        <translation>Rezept &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste recipe</source>
        <translation>Rezept &amp;einfügen</translation>
    </message>
    <message>
        <source>Copy as command &amp;line</source>
        <translation>Als Befehls&amp;zeile kopieren</translation>
    </message>
    <message>
        <source>&amp;Quantize</source>
        <translation>&amp;Quantisieren</translation>
    </message>
    <message>
        <source>&amp;Measure again on the whole text</source>
        <translation>Am ganzen Text neu &amp;messen</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Export for vLLM</source>
        <translation>Für &amp;vLLM exportieren</translation>
    </message>
    <message>
        <source>&amp;Previous layer</source>
        <translation>&amp;Vorige Schicht</translation>
    </message>
    <message>
        <source>&amp;Next layer</source>
        <translation>&amp;Nächste Schicht</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>&amp;Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>&amp;Startseite</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;About Octavo</source>
        <translation>Ü&amp;ber Octavo</translation>
    </message>
    <message>
        <source>&amp;Resume the interrupted run</source>
        <translation>Unterbrochenen Lauf &amp;fortsetzen</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ActivationsPage</name>
    <message>
        <source>Input ranges per layer</source>
        <translation>Eingangsbereiche je Schicht</translation>
    </message>
    <message>
        <source>Quantizing with calibration data fills this page layer by layer with the ranges of every input. Schemes that need no data (FP8_DYNAMIC, for example) record none.</source>
        <translation>Quantisieren mit Kalibrierdaten füllt diese Seite Schicht für Schicht mit den Bereichen aller Eingänge. Schemata ohne Daten (zum Beispiel FP8_DYNAMIC) zeichnen keine auf.</translation>
    </message>
    <message>
        <source>Largest channels of the selected input</source>
        <translation>Größte Kanäle des gewählten Eingangs</translation>
    </message>
    <message>
        <source>&amp;Input of</source>
        <translation>&amp;Eingang von</translation>
    </message>
    <message>
        <source>Which input</source>
        <translation>Welcher Eingang</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>An&amp;zeige</translation>
    </message>
    <message>
        <source>What to show per layer</source>
        <translation>Was je Schicht gezeigt wird</translation>
    </message>
    <message>
        <source>absmax</source>
        <translation>absmax</translation>
    </message>
    <message>
        <source>percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>min and max</source>
        <translation>Min und Max</translation>
    </message>
    <message>
        <source>S&amp;cale</source>
        <translation>S&amp;kala</translation>
    </message>
    <message>
        <source>Scale of the value axes</source>
        <translation>Skala der Werteachsen</translation>
    </message>
    <message>
        <source>log</source>
        <translation>logarithmisch</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>&amp;before</source>
        <translation>&amp;vorher</translation>
    </message>
    <message>
        <source>&amp;after</source>
        <translation>&amp;nachher</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>Reihenfolge der Kanäle</translation>
    </message>
    <message>
        <source>by channel</source>
        <translation>nach Kanal</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>Input range per layer</source>
        <translation>Eingangsbereich je Schicht</translation>
    </message>
    <message>
        <source>Layer by channel absmax</source>
        <translation>absmax nach Schicht und Kanal</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Channel absmax</source>
        <translation>absmax der Kanäle</translation>
    </message>
    <message>
        <source>before smoothing</source>
        <translation>vor der Glättung</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>nach der Glättung</translation>
    </message>
    <message>
        <source>× median</source>
        <translation>× Median</translation>
    </message>
    <message>
        <source>How often the median channel&apos;s absmax fits into this one</source>
        <translation>Das Wievielfache des absmax des Mediankanals</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>absmax after smoothing</source>
        <translation>absmax nach der Glättung</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>Minimum</translation>
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
        <translation>Median</translation>
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
        <translation>Maximum</translation>
    </message>
    <message>
        <source>absmax after</source>
        <translation>absmax nachher</translation>
    </message>
    <message>
        <source>max / median channel</source>
        <translation>Max / Mediankanal</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;%1&lt;/b&gt;, %n channels</source>
        <translation>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n Kanal</numerusform>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>layer %1, %2
absmax %3, from %4 to %5</source>
        <translation>Schicht %1, %2
absmax %3, von %4 bis %5</translation>
    </message>
    <message>
        <source>
after smoothing %1</source>
        <translation>
nach der Glättung %1</translation>
    </message>
    <message>
        <source>layer %1, channel %2
absmax %3</source>
        <translation>Schicht %1, Kanal %2
absmax %3</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>absmax before</source>
        <translation>absmax vorher</translation>
    </message>
    <message>
        <source>What reaches each layer: look for bright columns in the map, the few channels that hold the outliers, and for layers whose absmax towers over the others.</source>
        <translation>Was jede Schicht erreicht: Zu suchen sind helle Spalten in der Karte, also die wenigen Kanäle mit den Ausreißern, und Schichten, deren Absolutmaximum die anderen überragt.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::AnswersTab</name>
    <message>
        <source>Probabilities where the answers part</source>
        <translation>Wahrscheinlichkeiten, wo sich die Antworten trennen</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>&amp;Prompt</translation>
    </message>
    <message>
        <source>Why is the sky blue? Answer in two sentences.</source>
        <translation>Warum ist der Himmel blau? Antworte in zwei Sätzen.</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>Of an answer, at most</source>
        <translation>Einer Antwort, höchstens</translation>
    </message>
    <message>
        <source>Te&amp;mperature</source>
        <translation>Te&amp;mperatur</translation>
    </message>
    <message>
        <source>0: the most likely token</source>
        <translation>0: das wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>Above 0 both draw with the same random numbers.</source>
        <translation>Über 0 ziehen beide mit denselben Zufallszahlen.</translation>
    </message>
    <message>
        <source>Answer of the original</source>
        <translation>Antwort des Originals</translation>
    </message>
    <message>
        <source>Answer of the export</source>
        <translation>Antwort des Exports</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Compare &amp;answers</source>
        <translation>&amp;Antworten vergleichen</translation>
    </message>
    <message>
        <source>probability of</source>
        <translation>Wahrscheinlichkeit von</translation>
    </message>
    <message>
        <source>in the original</source>
        <translation>im Original</translation>
    </message>
    <message>
        <source>in the export</source>
        <translation>im Export</translation>
    </message>
    <message>
        <source>This run has no export that could answer.</source>
        <translation>Dieser Lauf hat keinen Export, der antworten könnte.</translation>
    </message>
    <message>
        <source>The export is no longer in %1.</source>
        <translation>Der Export liegt nicht mehr in %1.</translation>
    </message>
    <message>
        <source>The original is no longer in %1.</source>
        <translation>Das Original liegt nicht mehr in %1.</translation>
    </message>
    <message>
        <source>Another run is going.</source>
        <translation>Ein anderer Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>Both models are read into memory, one after the other</source>
        <translation>Beide Modelle werden nacheinander in den Arbeitsspeicher gelesen</translation>
    </message>
    <message>
        <source>Both models are answering …</source>
        <translation>Beide Modelle antworten …</translation>
    </message>
    <message>
        <source>Original and export answer the same prompt side by side. Where the answers part, the first different token is marked, with the probabilities that both models gave it: a near tie is decided by any small change, a clear preference that is lost is damage.</source>
        <translation>Original und Export beantworten denselben Prompt nebeneinander. Wo sich die Antworten trennen, ist das erste verschiedene Token markiert, mit den Wahrscheinlichkeiten, die beide Modelle ihm gaben: Über ein Fast-Unentschieden entscheidet jede kleine Änderung; eine klare Vorliebe, die verloren geht, ist ein Schaden.</translation>
    </message>
    <message numerus="yes">
        <source>Original, %n token(s)</source>
        <translation>
            <numerusform>Original, %n Token</numerusform>
            <numerusform>Original, %n Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export, %n token(s)</source>
        <translation>
            <numerusform>Export, %n Token</numerusform>
            <numerusform>Export, %n Token</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::CalibrationPreview</name>
    <message>
        <source>Calibration data</source>
        <translation>Kalibrierdaten</translation>
    </message>
    <message>
        <source>Rendering and tokenising …</source>
        <translation>Wird angewendet und in Token zerlegt …</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Rendered text of the sample</source>
        <translation>Text der Probe nach Anwendung der Vorlage</translation>
    </message>
    <message>
        <source>%1 rows, %2 tokens from %3, %4, seed %5.</source>
        <translation>%1 Zeilen, %2 Token aus %3, %4, Startwert %5.</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>gepackt</translation>
    </message>
    <message>
        <source>one sample per row</source>
        <translation>eine Probe je Zeile</translation>
    </message>
    <message>
        <source>%1 · %2 tokens</source>
        <translation>%1 · %2 Token</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CalibrationSection</name>
    <message>
        <source>Calibration data</source>
        <translation>Kalibrierdaten</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> Token</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Pack into full rows</source>
        <translation>In volle Zeilen packen</translation>
    </message>
    <message>
        <source>Joins short samples so that every row has the full length.</source>
        <translation>Fügt kurze Proben aneinander, sodass jede Zeile die volle Länge hat.</translation>
    </message>
    <message>
        <source>Preview…</source>
        <translation>Vorschau…</translation>
    </message>
    <message>
        <source>Built-in chats</source>
        <translation>Eingebaute Gespräche</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>This recipe needs no data.</source>
        <translation>Dieses Rezept braucht keine Daten.</translation>
    </message>
    <message>
        <source>Text that the model writes</source>
        <translation>Text, den das Modell schreibt</translation>
    </message>
    <message>
        <source>For a model without suitable data. Writing takes longer than calibrating.</source>
        <translation>Für ein Modell ohne passende Daten. Das Schreiben dauert länger als das Kalibrieren.</translation>
    </message>
    <message numerus="yes">
        <source>%n data sets</source>
        <translation>
            <numerusform>%n Datensatz</numerusform>
            <numerusform>%n Datensätze</numerusform>
        </translation>
    </message>
    <message>
        <source>Mix several…</source>
        <translation>Mehrere mischen…</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ChannelPlot</name>
    <message>
        <source>before smoothing</source>
        <translation>vor der Glättung</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>nach der Glättung</translation>
    </message>
    <message>
        <source>channels, largest first</source>
        <translation>Kanäle, größte zuerst</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>Kanal %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CheatSheet</name>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom about the cursor</source>
        <translation>Um den Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Umschalt + Ziehen</translation>
    </message>
    <message>
        <source>Zoom into a rectangle</source>
        <translation>In ein Rechteck zoomen</translation>
    </message>
    <message>
        <source>Double click, 0</source>
        <translation>Doppelklick, 0</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Back to the view before</source>
        <translation>Zur vorigen Ansicht</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Auf, Ab</translation>
    </message>
    <message>
        <source>Walk through the layers</source>
        <translation>Durch die Schichten gehen</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Save as PNG, SVG, PDF or CSV; copy</source>
        <translation>Als PNG, SVG, PDF oder CSV speichern; kopieren</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Copy the selected rows with header</source>
        <translation>Gewählte Zeilen mit Kopfzeile kopieren</translation>
    </message>
    <message>
        <source>Z</source>
        <translation>Z</translation>
    </message>
    <message>
        <source>Drag draws a zoom rectangle, or pans again</source>
        <translation>Ziehen zeichnet ein Zoom-Rechteck oder verschiebt wieder</translation>
    </message>
    <message>
        <source>+, −</source>
        <translation>+, −</translation>
    </message>
    <message>
        <source>Zoom in, zoom out</source>
        <translation>Hinein- und herauszoomen</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Strg + Mausrad</translation>
    </message>
    <message>
        <source>Zoom the horizontal axis alone</source>
        <translation>Nur die waagrechte Achse zoomen</translation>
    </message>
    <message>
        <source>Panels and pages</source>
        <translation>Bereiche und Seiten</translation>
    </message>
</context>
<context>
    <name>octavo::gui::CheckModel</name>
    <message>
        <source>✓ pass</source>
        <translation>✓ bestanden</translation>
    </message>
    <message>
        <source>⚠ warning</source>
        <translation>⚠ Warnung</translation>
    </message>
    <message>
        <source>✗ fail</source>
        <translation>✗ Fehler</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>Rat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ComparePage</name>
    <message>
        <source>Every run is kept and listed here. Quantize a model, or open a run folder that was made elsewhere.</source>
        <translation>Jeder Lauf wird aufbewahrt und hier aufgeführt. Ein Modell quantisieren oder einen anderswo gemachten Laufordner öffnen.</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>Frühere Läufe</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>Lauf öffnen…</translation>
    </message>
    <message>
        <source>&amp;Damage</source>
        <translation>&amp;Schaden</translation>
    </message>
    <message>
        <source>Measure of damage</source>
        <translation>Maß des Schadens</translation>
    </message>
    <message>
        <source>mean KL divergence</source>
        <translation>mittlere KL-Divergenz</translation>
    </message>
    <message>
        <source>rise of perplexity</source>
        <translation>Anstieg der Perplexität</translation>
    </message>
    <message>
        <source>&amp;Show this run</source>
        <translation>Diesen Lauf &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>Aus der Liste &amp;entfernen</translation>
    </message>
    <message>
        <source>The run folder stays on disk</source>
        <translation>Der Laufordner bleibt auf der Platte</translation>
    </message>
    <message>
        <source>Size against damage</source>
        <translation>Größe gegen Schaden</translation>
    </message>
    <message>
        <source>started</source>
        <translation>begonnen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>Mean KL divergence, nats</source>
        <translation>Mittlere KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>same top</source>
        <translation>gleiches Top-Token</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Choose a second run (Ctrl + click) to compare.</source>
        <translation>Einen zweiten Lauf wählen (Strg + Klick), um zu vergleichen.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>Ü&amp;berlagern</translation>
    </message>
    <message>
        <source>What is laid over each other</source>
        <translation>Was übereinandergelegt wird</translation>
    </message>
    <message>
        <source>error of every matrix</source>
        <translation>Fehler jeder Matrix</translation>
    </message>
    <message>
        <source>input range of every layer</source>
        <translation>Eingangsbereich jeder Schicht</translation>
    </message>
    <message>
        <source>loss along the text</source>
        <translation>Verlust entlang des Textes</translation>
    </message>
    <message>
        <source>Two runs laid over each other</source>
        <translation>Zwei Läufe übereinandergelegt</translation>
    </message>
    <message>
        <source>Choose two runs in the table to compare them.</source>
        <translation>In der Tabelle zwei Läufe zum Vergleichen wählen.</translation>
    </message>
    <message>
        <source>Reading the runs …</source>
        <translation>Die Läufe werden gelesen …</translation>
    </message>
    <message>
        <source>Neither run has recorded this.</source>
        <translation>Keiner der Läufe hat das aufgezeichnet.</translation>
    </message>
    <message>
        <source>Past runs side by side, where further down is less damage and further left is smaller: choose two (Ctrl + click) to lay their curves over each other.</source>
        <translation>Frühere Läufe nebeneinander, wobei weiter unten weniger Schaden und weiter links kleiner bedeutet: zwei auswählen (Strg + Klick), um ihre Kurven übereinanderzulegen.</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Of the export</source>
        <translation>Des Exports</translation>
    </message>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Perplexity of the original</source>
        <translation>Perplexität des Originals</translation>
    </message>
    <message>
        <source>Calibrated with %1</source>
        <translation>Kalibriert mit %1</translation>
    </message>
    <message>
        <source>Took %1</source>
        <translation>Dauer: %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::DivergencePlot</name>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
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
        <translation>99,9 %</translation>
    </message>
    <message>
        <source>max</source>
        <translation>Max</translation>
    </message>
    <message>
        <source>over the tokens</source>
        <translation>über die Token</translation>
    </message>
    <message>
        <source>KL divergence, nats</source>
        <translation>KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL-Divergenz</translation>
    </message>
    <message>
        <source>stems</source>
        <translation>Stiele</translation>
    </message>
    <message>
        <source>%1: %2 nats</source>
        <translation>%1: %2 nat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ErrorPlot</name>
    <message>
        <source>smoothing strength α</source>
        <translation>Glättungsstärke α</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>relativer Ausgabefehler</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>unsmoothed</source>
        <translation>ungeglättet</translation>
    </message>
    <message>
        <source>chosen = best</source>
        <translation>gewählt = beste</translation>
    </message>
    <message>
        <source>best %1</source>
        <translation>beste %1</translation>
    </message>
    <message>
        <source>chosen %1</source>
        <translation>gewählt %1</translation>
    </message>
    <message>
        <source>predicted, fitted</source>
        <translation>vorhergesagt, angepasst</translation>
    </message>
    <message>
        <source>per channel, as used</source>
        <translation>je Kanal, wie verwendet</translation>
    </message>
    <message>
        <source>best strength %1</source>
        <translation>beste Stärke %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ExportPage</name>
    <message>
        <source>Checks of the export</source>
        <translation>Prüfungen des Exports</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Antwort: %1</translation>
    </message>
    <message>
        <source>vLLM was started, asked and stopped.</source>
        <translation>vLLM wurde gestartet, gefragt und angehalten.</translation>
    </message>
    <message>
        <source>Once a run is finished, its export is checked here against the rules of vLLM&apos;s loader.</source>
        <translation>Sobald ein Lauf fertig ist, wird sein Export hier gegen die Regeln des Ladeprogramms von vLLM geprüft.</translation>
    </message>
    <message>
        <source>Export of this run</source>
        <translation>Export dieses Laufs</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>&amp;Next run goes to</source>
        <translation>&amp;Nächster Lauf nach</translation>
    </message>
    <message>
        <source>Destination of the next run</source>
        <translation>Ziel des nächsten Laufs</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>Checked &amp;for</source>
        <translation>&amp;Geprüft für</translation>
    </message>
    <message>
        <source>Target GPU</source>
        <translation>Ziel-GPU</translation>
    </message>
    <message>
        <source>&amp;Verify again</source>
        <translation>&amp;Erneut prüfen</translation>
    </message>
    <message>
        <source>&amp;Start with</source>
        <translation>&amp;Starten mit</translation>
    </message>
    <message>
        <source>Command line that serves the export</source>
        <translation>Befehlszeile, die den Export betreibt</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Test in vLLM</source>
        <translation>In vLLM &amp;testen</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>Sto&amp;ppen</translation>
    </message>
    <message>
        <source>Prompt of the test</source>
        <translation>Prompt des Tests</translation>
    </message>
    <message>
        <source>The capital of France is</source>
        <translation>Die Hauptstadt von Frankreich ist</translation>
    </message>
    <message>
        <source>What vLLM answered</source>
        <translation>Was vLLM geantwortet hat</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>%1 (not there any more)</source>
        <translation>%1 (nicht mehr vorhanden)</translation>
    </message>
    <message>
        <source>&lt;b&gt;Not verified yet.&lt;/b&gt;</source>
        <translation>&lt;b&gt;Noch nicht geprüft.&lt;/b&gt;</translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;This export would not load:&lt;/b&gt; %n check(s) failed.</source>
        <translation>
            <numerusform>&lt;b&gt;Dieser Export ließe sich nicht laden:&lt;/b&gt; %n Prüfung nicht bestanden.</numerusform>
            <numerusform>&lt;b&gt;Dieser Export ließe sich nicht laden:&lt;/b&gt; %n Prüfungen nicht bestanden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM&lt;/b&gt;, with %n warning(s).</source>
        <translation>
            <numerusform>&lt;b&gt;Bereit für vLLM&lt;/b&gt;, mit %n Warnung.</numerusform>
            <numerusform>&lt;b&gt;Bereit für vLLM&lt;/b&gt;, mit %n Warnungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM.&lt;/b&gt; All %n check(s) passed.</source>
        <translation>
            <numerusform>&lt;b&gt;Bereit für vLLM.&lt;/b&gt; %n Prüfung bestanden.</numerusform>
            <numerusform>&lt;b&gt;Bereit für vLLM.&lt;/b&gt; Alle %n Prüfungen bestanden.</numerusform>
        </translation>
    </message>
    <message>
        <source>To try the export here, install vLLM so that `vllm` is on the PATH, or set the program in the preferences.</source>
        <translation>Um den Export hier zu testen, vLLM so installieren, dass `vllm` im PATH liegt, oder das Programm in den Einstellungen angeben.</translation>
    </message>
    <message>
        <source>Verifying …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Folder that receives the export</source>
        <translation>Ordner, der den Export aufnimmt</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>named after model and scheme, in the folder of exports</source>
        <translation>nach Modell und Schema benannt, im Ordner der Exporte</translation>
    </message>
    <message>
        <source>Kernel: %1, as of %2.</source>
        <translation>Kernel: %1, Stand %2.</translation>
    </message>
    <message>
        <source>Whether the export loads, how well it runs on the chosen GPU, and the line that starts it: read failures first, then warnings.</source>
        <translation>Ob der Export lädt, wie gut er auf der gewählten GPU läuft und mit welcher Zeile er startet: zuerst die Fehler lesen, dann die Warnungen.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ForecastSection</name>
    <message>
        <source>Forecast</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>Spitzenspeicher</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>No forecast for this model.</source>
        <translation>Keine Vorhersage für dieses Modell.</translation>
    </message>
    <message>
        <source>Open a model to see what a run would cost and bring.</source>
        <translation>Ein Modell öffnen, um zu sehen, was ein Lauf kosten und bringen würde.</translation>
    </message>
    <message>
        <source>%1 → %2 (%3 %)</source>
        <translation>%1 → %2 (%3 %)</translation>
    </message>
    <message>
        <source>%1 free for it</source>
        <translation>%1 frei dafür</translation>
    </message>
    <message>
        <source>%1 per token</source>
        <translation>%1 je Token</translation>
    </message>
    <message>
        <source>does not fit the target</source>
        <translation>passt nicht auf das Ziel</translation>
    </message>
    <message>
        <source>%1 sequences</source>
        <translation>%1 Sequenzen</translation>
    </message>
    <message>
        <source>choose a GPU as target</source>
        <translation>GPU als Ziel wählen</translation>
    </message>
    <message>
        <source>about %1 here</source>
        <translation>etwa %1 auf diesem Rechner</translation>
    </message>
    <message>
        <source>%1, but there are %2</source>
        <translation>%1, vorhanden: %2</translation>
    </message>
    <message>
        <source>%1, and %2 on the disk</source>
        <translation>%1, und %2 auf der Platte</translation>
    </message>
</context>
<context>
    <name>octavo::gui::FrontPlot</name>
    <message>
        <source>size of the whole model</source>
        <translation>Größe des ganzen Modells</translation>
    </message>
    <message>
        <source>best mixes</source>
        <translation>beste Mischungen</translation>
    </message>
    <message>
        <source>one scheme for all</source>
        <translation>ein Schema für alle</translation>
    </message>
    <message>
        <source>measured runs</source>
        <translation>gemessene Läufe</translation>
    </message>
    <message>
        <source>chosen mix</source>
        <translation>gewählte Mischung</translation>
    </message>
    <message>
        <source>%1
%2, %3: %4</source>
        <translation>%1
%2, %3: %4</translation>
    </message>
    <message>
        <source>foretold: %1</source>
        <translation>vorhergesagt: %1</translation>
    </message>
    <message>
        <source>best mix of this size
%1, %2 bits per weight
%3: %4</source>
        <translation>beste Mischung dieser Größe
%1, %2 Bit je Gewicht
%3: %4</translation>
    </message>
</context>
<context>
    <name>octavo::gui::HardwareBox</name>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n Kern</numerusform>
            <numerusform>%n Kerne</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird ermittelt …</translation>
    </message>
    <message>
        <source>No NVIDIA GPU was found.</source>
        <translation>Keine NVIDIA-GPU gefunden.</translation>
    </message>
    <message>
        <source>compute capability %1.%2 · %3 · driver %4</source>
        <translation>Compute Capability %1.%2 · %3 · Treiber %4</translation>
    </message>
    <message>
        <source>What would run here, as of %1. Quantizing works on any machine, also for a GPU elsewhere: choose that as target.</source>
        <translation>Was hier laufen würde, Stand %1. Quantisieren geht auf jedem Rechner, auch für eine GPU anderswo: diese als Ziel wählen.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::InputOptionsBox</name>
    <message>
        <source>A scale per token</source>
        <translation>Eine Skala je Token</translation>
    </message>
    <message>
        <source>One fixed scale</source>
        <translation>Eine feste Skala</translation>
    </message>
    <message>
        <source>One fixed scale and zero point</source>
        <translation>Eine feste Skala mit Nullpunkt</translation>
    </message>
    <message>
        <source>A fixed scale saves work while serving and costs accuracy.</source>
        <translation>Eine feste Skala spart beim Bedienen Arbeit und kostet Genauigkeit.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the magnitudes of inputs with a fixed scale: what lies beyond is clipped. 100 clips nothing.</source>
        <translation>Der Beträge von Eingängen mit fester Skala: Was darüber liegt, wird abgeschnitten. 100 schneidet nichts ab.</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Percentile of the inputs</source>
        <translation>Perzentil der Eingänge</translation>
    </message>
    <message>
        <source>Scales of the inputs</source>
        <translation>Skalen der Eingänge</translation>
    </message>
</context>
<context>
    <name>octavo::gui::JobPanel</name>
    <message>
        <source>Reading the model</source>
        <translation>Modell wird gelesen</translation>
    </message>
    <message>
        <source>Preparing the calibration data</source>
        <translation>Kalibrierdaten werden vorbereitet</translation>
    </message>
    <message>
        <source>Calibrating and solving</source>
        <translation>Kalibrieren und lösen</translation>
    </message>
    <message>
        <source>Encoding the weights</source>
        <translation>Gewichte werden kodiert</translation>
    </message>
    <message>
        <source>Writing the export</source>
        <translation>Export wird geschrieben</translation>
    </message>
    <message>
        <source>Verifying the export</source>
        <translation>Export wird geprüft</translation>
    </message>
    <message>
        <source>Measuring against the original</source>
        <translation>Vergleich mit dem Original</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Wird abgebrochen …</translation>
    </message>
    <message>
        <source>The last run is complete.</source>
        <translation>Der letzte Lauf ist vollständig.</translation>
    </message>
    <message>
        <source>The last run did not end well; the log says why.</source>
        <translation>Der letzte Lauf ging nicht gut aus; das Protokoll sagt, warum.</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <source>No run is going.</source>
        <translation>Kein Lauf aktiv.</translation>
    </message>
    <message>
        <source>The shown run took %1.</source>
        <translation>Der gezeigte Lauf dauerte %1.</translation>
    </message>
    <message>
        <source>layer %1 of %2</source>
        <translation>Schicht %1 von %2</translation>
    </message>
    <message>
        <source>%1 elapsed</source>
        <translation>%1 vergangen</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Goes on after the layers that the shown run had finished before it was interrupted</source>
        <translation>Setzt nach den Schichten fort, die der gezeigte Lauf vor der Unterbrechung fertiggestellt hatte</translation>
    </message>
    <message>
        <source>The last run is complete; its measurement was cancelled.</source>
        <translation>Der letzte Lauf ist vollständig; seine Messung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The last run was cancelled.</source>
        <translation>Der letzte Lauf wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Rounding every matrix by itself</source>
        <translation>Jede Matrix wird für sich gerundet</translation>
    </message>
    <message>
        <source>Measuring the sensitivity</source>
        <translation>Empfindlichkeit wird gemessen</translation>
    </message>
    <message>
        <source>Writing text</source>
        <translation>Text wird geschrieben</translation>
    </message>
    <message>
        <source>Forecasting the sensitivity from gradients</source>
        <translation>Empfindlichkeit wird aus Gradienten vorhergesagt</translation>
    </message>
</context>
<context>
    <name>octavo::gui::KlBar</name>
    <message>
        <source>&amp;Quick pass</source>
        <translation>&amp;Schneller Durchgang</translation>
    </message>
    <message>
        <source>&amp;Thorough pass</source>
        <translation>&amp;Gründlicher Durchgang</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Measures it with 32 windows of 512 tokens: eight times the work, narrow intervals</source>
        <translation>Misst sie mit 32 Fenstern zu 512 Token: achtfache Arbeit, schmale Intervalle</translation>
    </message>
    <message>
        <source>To measure the KL divergence, the original model must be where the run found it.</source>
        <translation>Um die KL-Divergenz zu messen, muss das Originalmodell dort liegen, wo der Lauf es fand.</translation>
    </message>
    <message>
        <source>KL divergence measured on %1 tokens: %2 of %3 groups.</source>
        <translation>KL-Divergenz auf %1 Token gemessen: %2 von %3 Gruppen.</translation>
    </message>
    <message>
        <source>Measuring the KL divergence …</source>
        <translation>Die KL-Divergenz wird gemessen …</translation>
    </message>
    <message>
        <source>Measuring the KL divergence: %1 %, about %2 left</source>
        <translation>Die KL-Divergenz wird gemessen: %1 %, noch etwa %2</translation>
    </message>
    <message>
        <source>Measuring the KL divergence: %1 %</source>
        <translation>Die KL-Divergenz wird gemessen: %1 %</translation>
    </message>
    <message>
        <source>Quantizes one group of matrices at a time and measures the KL divergence of the logits with 8 windows of 256 tokens: wide intervals, good enough to find the worst</source>
        <translation>Quantisiert jeweils nur eine Gruppe von Matrizen und misst die KL-Divergenz der Logits mit 8 Fenstern zu 256 Token: breite Intervalle, gut genug, um die schlimmsten zu finden</translation>
    </message>
    <message>
        <source>KL divergence not measured yet.</source>
        <translation>KL-Divergenz noch nicht gemessen.</translation>
    </message>
    <message>
        <source>The KL divergence can be measured when the run is complete.</source>
        <translation>Die KL-Divergenz lässt sich messen, wenn der Lauf vollständig ist.</translation>
    </message>
    <message>
        <source>&amp;Forecast</source>
        <translation>&amp;Vorhersage</translation>
    </message>
    <message>
        <source>Forecasts the KL divergence of all groups from the gradients of the unquantized model, in one walk through it and back: much faster than measuring, and good enough to rank them</source>
        <translation>Sagt die KL-Divergenz aller Gruppen aus den Gradienten des unquantisierten Modells vorher, in einem Gang hindurch und zurück: viel schneller als eine Messung und gut genug für eine Rangfolge</translation>
    </message>
    <message>
        <source>KL divergence forecast for %1 of %2 groups.</source>
        <translation>KL-Divergenz für %1 von %2 Gruppen vorhergesagt.</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence …</source>
        <translation>Die KL-Divergenz wird vorhergesagt …</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence: %1 %, about %2 left</source>
        <translation>Die KL-Divergenz wird vorhergesagt: %1 %, noch etwa %2</translation>
    </message>
    <message>
        <source>Forecasting the KL divergence: %1 %</source>
        <translation>Die KL-Divergenz wird vorhergesagt: %1 %</translation>
    </message>
    <message>
        <source>No run of this model in %1 has its checkpoint still: quantize to it first, or measure rounded matrices.</source>
        <translation>Kein Lauf dieses Modells mit %1 hat seinen Checkpoint noch: erst damit quantisieren oder gerundete Matrizen messen.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LayerPanel</name>
    <message>
        <source>Filter, e.g. down_proj</source>
        <translation>Filter, z. B. down_proj</translation>
    </message>
    <message>
        <source>Filter layers</source>
        <translation>Schichten filtern</translation>
    </message>
    <message>
        <source>Layers and matrices</source>
        <translation>Schichten und Matrizen</translation>
    </message>
    <message>
        <source>%1 changed with it: vLLM runs q, k, v as one matrix, and gate, up as another.</source>
        <translation>%1 wurde mitgeändert: vLLM führt q, k, v als eine Matrix aus, ebenso gate, up.</translation>
    </message>
    <message>
        <source>Keep in 16 bit</source>
        <translation>In 16 Bit belassen</translation>
    </message>
    <message>
        <source>Set scheme</source>
        <translation>Schema setzen</translation>
    </message>
    <message>
        <source>As the recipe says</source>
        <translation>Wie im Rezept</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Expand all</source>
        <translation>Alle aufklappen</translation>
    </message>
    <message>
        <source>Collapse all</source>
        <translation>Alle zuklappen</translation>
    </message>
    <message>
        <source>Set algorithm</source>
        <translation>Verfahren festlegen</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>Runden zum Nächsten</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LayerTreeModel</name>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>mixed</source>
        <comment>several schemes in one layer</comment>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>%1 outputs × %2 inputs</source>
        <translation>%1 Ausgänge × %2 Eingänge</translation>
    </message>
    <message>
        <source>vLLM runs %1 as one matrix: they change together.</source>
        <translation>vLLM führt %1 als eine Matrix aus: sie ändern sich gemeinsam.</translation>
    </message>
    <message>
        <source>What the recipe does with it; “a → b” where the shown run did something else.</source>
        <translation>Was das Rezept damit macht; „a → b“, wo der gezeigte Lauf etwas anderes tat.</translation>
    </message>
    <message>
        <source>Weights and scales on disk under the recipe.</source>
        <translation>Gewichte und Skalen auf der Platte nach diesem Rezept.</translation>
    </message>
    <message>
        <source>Relative output error tr(ΔW H ΔWᵀ) / tr(W H Wᵀ); of a layer, its worst matrix.</source>
        <translation>Relativer Ausgabefehler tr(ΔW H ΔWᵀ) / tr(W H Wᵀ); bei einer Schicht der ihrer schlechtesten Matrix.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Rel. error</source>
        <translation>Rel. Fehler</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>Schaden</translation>
    </message>
    <message>
        <source>Share of the summed KL divergences that quantizing each group alone causes; fused matrices share what their group was measured with.</source>
        <translation>Anteil an der Summe der KL-Divergenzen, die das Quantisieren jeder Gruppe allein verursacht; verschmolzene Matrizen teilen sich den Messwert ihrer Gruppe.</translation>
    </message>
    <message>
        <source>Share of the summed relative errors of all matrices. Measure the KL divergence on the Sensitivity page to see what they do to the answers.</source>
        <translation>Anteil an der Summe der relativen Fehler aller Matrizen. Was sie mit den Antworten machen, zeigt die KL-Divergenz, die auf der Seite Empfindlichkeit gemessen wird.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LogModel</name>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LogPanel</name>
    <message>
        <source>Lowest level shown</source>
        <translation>Niedrigste gezeigte Stufe</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Notes and worse</source>
        <translation>Hinweise und Schlimmeres</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>Protokoll filtern</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep the newest line in view; off while you have scrolled up.</source>
        <translation>Hält die neueste Zeile im Blick; aus, solange nach oben gerollt ist.</translation>
    </message>
    <message>
        <source>Save the log…</source>
        <translation>Protokoll speichern…</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Log files (*.log *.txt)</source>
        <translation>Protokolldateien (*.log *.txt)</translation>
    </message>
    <message>
        <source>The log could not be saved: %1</source>
        <translation>Das Protokoll ließ sich nicht speichern: %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::LossStrip</name>
    <message>
        <source>Relative output error per layer</source>
        <translation>Relativer Ausgabefehler je Schicht</translation>
    </message>
    <message>
        <source>Layer %1: relative error %2</source>
        <translation>Schicht %1: relativer Fehler %2</translation>
    </message>
    <message>
        <source>Worst error per layer (log), %1 … %2</source>
        <translation>Größter Fehler je Schicht (log), %1 … %2</translation>
    </message>
    <message>
        <source>Error per layer: none measured yet</source>
        <translation>Fehler je Schicht: noch keiner gemessen</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>Einrichtung</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Calibration data: %1</source>
        <translation>Kalibrierdaten: %1</translation>
    </message>
    <message>
        <source>The settings file cannot be written.</source>
        <translation>Die Einstellungsdatei ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>Changes of preferences and layout hold until the window is closed.</source>
        <translation>Geänderte Einstellungen und Anordnung gelten, bis das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Open a model first.</source>
        <translation>Zuerst ein Modell öffnen.</translation>
    </message>
    <message>
        <source>A run is going.</source>
        <translation>Ein Lauf ist aktiv.</translation>
    </message>
    <message>
        <source>Quantize with this recipe, then measure the result</source>
        <translation>Mit diesem Rezept quantisieren, dann das Ergebnis messen</translation>
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
        <translation>Ein Lauf ist aktiv</translation>
    </message>
    <message>
        <source>Cancel the run and close? Nothing half-written stays behind.</source>
        <translation>Lauf abbrechen und schließen? Nichts Halbfertiges bleibt zurück.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Recipe</source>
        <translation>&amp;Rezept</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Main tools</source>
        <translation>Hauptwerkzeuge</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>Modellordner öffnen</translation>
    </message>
    <message>
        <source>Open a run folder</source>
        <translation>Laufordner öffnen</translation>
    </message>
    <message>
        <source>Calibration data</source>
        <translation>Kalibrierdaten</translation>
    </message>
    <message>
        <source>The command line is in the clipboard.</source>
        <translation>Die Befehlszeile liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Save the page as picture</source>
        <translation>Seite als Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>The picture could not be saved: %1</source>
        <translation>Das Bild ließ sich nicht speichern: %1</translation>
    </message>
    <message>
        <source>Go on with the shown run</source>
        <translation>Den gezeigten Lauf fortsetzen</translation>
    </message>
    <message>
        <source>The shown run was not interrupted.</source>
        <translation>Der gezeigte Lauf wurde nicht unterbrochen.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
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
        <translation>Attention</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>Embeddings</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Ausgabekopf</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>Normen</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>other</source>
        <translation>Übriges</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>memory of the weights</source>
        <translation>Speicher der Gewichte</translation>
    </message>
    <message>
        <source>%1, %2
%3</source>
        <translation>%1, %2
%3</translation>
    </message>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in 16 bit</source>
        <translation>
            <numerusform>Gewichte, KV-Cache von %n Token in 16 Bit</numerusform>
            <numerusform>Gewichte, KV-Cache von %n Token in 16 Bit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in FP8</source>
        <translation>
            <numerusform>Gewichte, KV-Cache von %n Token in FP8</numerusform>
            <numerusform>Gewichte, KV-Cache von %n Token in FP8</numerusform>
        </translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>memory of each card while serving</source>
        <translation>Speicher jeder Karte beim Bereitstellen</translation>
    </message>
    <message>
        <source>%1: %2, of which vLLM takes %3</source>
        <comment>card, its memory, a part of it</comment>
        <translation>%1: %2, davon nimmt vLLM %3</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MessageBar</name>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>tensor %1</source>
        <translation>Tensor %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>octavo::gui::MixtureDialog</name>
    <message>
        <source>Data sets (*.jsonl *.json *.parquet *.txt);;All files (*)</source>
        <translation>Datensätze (*.jsonl *.json *.parquet *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Calibration data from several sources</source>
        <translation>Kalibrierdaten aus mehreren Quellen</translation>
    </message>
    <message>
        <source>Samples are taken from each by its weight and shuffled together.</source>
        <translation>Jeder Quelle werden nach ihrem Gewicht Beispiele entnommen; alle werden gemeinsam gemischt.</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Add built-in chats</source>
        <translation>Eingebaute Gespräche hinzufügen</translation>
    </message>
    <message>
        <source>Add text that the model writes</source>
        <translation>Text des Modells hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Built-in chats</source>
        <translation>Eingebaute Gespräche</translation>
    </message>
    <message>
        <source>Text that the model writes</source>
        <translation>Text, den das Modell schreibt</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>Gewicht von %1</translation>
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
        <translation>Modell</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>Modell öffnen…</translation>
    </message>
    <message>
        <source>Open its model</source>
        <translation>Sein Modell öffnen</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>Kein Modell geöffnet.</translation>
    </message>
    <message>
        <source>A run is shown. To quantize again, open its model.</source>
        <translation>Ein Lauf wird gezeigt. Um neu zu quantisieren, sein Modell öffnen.</translation>
    </message>
    <message>
        <source>A folder with config.json and safetensors files.</source>
        <translation>Ein Ordner mit config.json und safetensors-Dateien.</translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n Schicht</numerusform>
            <numerusform>%n Schichten</numerusform>
        </translation>
    </message>
    <message>
        <source> parameters</source>
        <translation> Parameter</translation>
    </message>
    <message>
        <source>This model is quantized already; open the original instead.</source>
        <translation>Dieses Modell ist schon quantisiert; stattdessen das Original öffnen.</translation>
    </message>
    <message>
        <source>Only data-free schemes: %1</source>
        <translation>Nur Schemata ohne Daten: %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::OptionsSection</name>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Stay in 16 bit: names, class names or re:patterns, separated by commas.</source>
        <translation>Bleiben in 16 Bit: Namen, Klassennamen oder re:Muster, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Searched per layer</source>
        <translation>Je Schicht gesucht</translation>
    </message>
    <message>
        <source>Fixed strength</source>
        <translation>Feste Stärke</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Moves outliers of the activations into the weights (SmoothQuant).</source>
        <translation>Verschiebt Ausreißer der Aktivierungen in die Gewichte (SmoothQuant).</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Strength α</source>
        <translation>Stärke α</translation>
    </message>
    <message>
        <source>Norms → q, k, v and gate, up</source>
        <translation>Normen → q, k, v und gate, up</translation>
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
            <numerusform>%n Matrix hat ein eigenes Schema.</numerusform>
            <numerusform>%n Matrizen haben ein eigenes Schema.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inputs have a smoothing strength of their own.</source>
        <translation>
            <numerusform>%n Eingang hat eine eigene Glättungsstärke.</numerusform>
            <numerusform>%n Eingänge haben eine eigene Glättungsstärke.</numerusform>
        </translation>
    </message>
    <message>
        <source>KV cache in FP8</source>
        <translation>KV-Cache in FP8</translation>
    </message>
    <message>
        <source>Scales of keys and values are calibrated and exported; vLLM then keeps the cache in half the memory.</source>
        <translation>Skalen der Schlüssel und Werte werden kalibriert und exportiert; vLLM hält den Cache dann im halben Speicher.</translation>
    </message>
    <message>
        <source>Scale channels first (AWQ)</source>
        <translation>Kanäle zuerst skalieren (AWQ)</translation>
    </message>
    <message>
        <source>Channels whose inputs carry much are scaled up before the weights are rounded.</source>
        <translation>Kanäle, deren Eingänge viel tragen, werden vergrößert, bevor die Gewichte gerundet werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n matrices are solved in a way of their own.</source>
        <translation>
            <numerusform>%n Matrix wird auf eigene Weise gelöst.</numerusform>
            <numerusform>%n Matrizen werden auf eigene Weise gelöst.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::Page</name>
    <message>
        <source>Quantize</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>A run is going. This page fills when its results come in.</source>
        <translation>Ein Lauf ist im Gange. Diese Seite füllt sich, wenn seine Ergebnisse kommen.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ParetoPage</name>
    <message>
        <source>Groups of matrices and their schemes</source>
        <translation>Gruppen von Matrizen und ihre Schemata</translation>
    </message>
    <message>
        <source>A mix is chosen from measured sensitivities. Quantize the model once, then measure the schemes that may be mixed, here or on the page Sensitivity.</source>
        <translation>Eine Mischung wird aus gemessenen Empfindlichkeiten gewählt. Quantisieren Sie das Modell einmal und messen Sie dann hier oder auf der Seite „Empfindlichkeit“ die Schemata, die gemischt werden dürfen.</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Size of the whole model in MiB</source>
        <translation>Größe des ganzen Modells in MiB</translation>
    </message>
    <message>
        <source>&amp;Exact</source>
        <translation>&amp;Exakt</translation>
    </message>
    <message>
        <source>Looks for the optimum of this size by dynamic programming; the line is already within the difference that the sentence below names</source>
        <translation>Sucht das Optimum dieser Größe mit dynamischer Programmierung; die Linie ist ihm schon so nah, wie der Satz unten sagt</translation>
    </message>
    <message>
        <source>Schemes</source>
        <translation>Schemata</translation>
    </message>
    <message>
        <source>Schemes to measure</source>
        <translation>Zu messende Schemata</translation>
    </message>
    <message>
        <source>Which schemes the next pass measures; what is measured already is kept</source>
        <translation>Welche Schemata der nächste Durchgang misst; schon Gemessenes bleibt erhalten</translation>
    </message>
    <message>
        <source>&amp;Calibrate</source>
        <translation>&amp;Kalibrieren</translation>
    </message>
    <message>
        <source>Scales the forecast by what the latest run of this model really measured</source>
        <translation>Skaliert die Vorhersage mit dem, was der letzte Lauf dieses Modells wirklich gemessen hat</translation>
    </message>
    <message>
        <source>Re&amp;move pins</source>
        <translation>Fixierungen &amp;lösen</translation>
    </message>
    <message>
        <source>Quantize t&amp;his</source>
        <translation>&amp;Diese quantisieren</translation>
    </message>
    <message>
        <source>Damage over size</source>
        <translation>Schaden über der Größe</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>Bit je Gewicht</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>festgehalten</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>Schaden</translation>
    </message>
    <message>
        <source>Of this group alone under its scheme</source>
        <translation>Dieser Gruppe allein unter ihrem Schema</translation>
    </message>
    <message>
        <source>predicted KL divergence, nats</source>
        <translation>vorhergesagte KL-Divergenz, Nats</translation>
    </message>
    <message>
        <source>sum of relative output errors</source>
        <translation>Summe der relativen Ausgabefehler</translation>
    </message>
    <message>
        <source>sum of relative weight errors</source>
        <translation>Summe der relativen Gewichtsfehler</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Nothing is measured yet: choose schemes and start a pass.</source>
        <translation>Noch ist nichts gemessen: Wählen Sie Schemata und starten Sie einen Durchgang.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n group(s)</source>
        <translation>
            <numerusform>%1: %n Gruppe</numerusform>
            <numerusform>%1: %n Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 bits per weight, %3: %4. %5.</source>
        <translation>%1, %2 Bit je Gewicht, %3: %4. %5.</translation>
    </message>
    <message>
        <source>No mix of this size does less damage.</source>
        <translation>Keine Mischung dieser Größe richtet weniger Schaden an.</translation>
    </message>
    <message>
        <source>The optimum is at most %1 % better.</source>
        <translation>Das Optimum ist höchstens %1 % besser.</translation>
    </message>
    <message>
        <source>The forecast is scaled by %1.</source>
        <translation>Die Vorhersage ist mit %1 skaliert.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>Mixed precision</source>
        <translation>Gemischte Genauigkeit</translation>
    </message>
    <message>
        <source>One group at least must be left to choose.</source>
        <translation>Mindestens eine Gruppe muss zur Wahl bleiben.</translation>
    </message>
    <message>
        <source>The least damage that each size can have, and the scheme of every group that reaches it: drag the chosen mix along the line, and click a cell of the map to pin a group.</source>
        <translation>Der kleinste Schaden, den jede Größe haben kann, und das Schema jeder Gruppe, das ihn erreicht: die gewählte Mischung die Linie entlang ziehen; ein Klick auf eine Zelle der Karte legt eine Gruppe fest.</translation>
    </message>
    <message>
        <source>forecast KL divergence, nats</source>
        <translation>aus Gradienten vorhergesagte KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>As solved by their runs, not rounded</source>
        <translation>Wie von ihren Läufen gelöst, nicht gerundet</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PerplexityPlot</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>before: perplexity %1</source>
        <translation>vorher: Perplexität %1</translation>
    </message>
    <message>
        <source>after: perplexity %1 ± %2</source>
        <translation>nachher: Perplexität %1 ± %2</translation>
    </message>
    <message>
        <source>perplexity, 95 % interval</source>
        <translation>Perplexität, 95-%-Intervall</translation>
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
        <translation>Lesen</translation>
    </message>
    <message>
        <source>tokenise</source>
        <translation>Tokenisieren</translation>
    </message>
    <message>
        <source>calibrate and solve</source>
        <translation>Kalibrieren und lösen</translation>
    </message>
    <message>
        <source>encode</source>
        <translation>Kodieren</translation>
    </message>
    <message>
        <source>export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>%1: %2 s</source>
        <translation>%1: %2 s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>Vorwärtslauf</translation>
    </message>
    <message>
        <source>observe, Hessians</source>
        <translation>beobachten, Hesse-Matrizen</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>glätten</translation>
    </message>
    <message>
        <source>Cholesky</source>
        <translation>Cholesky</translation>
    </message>
    <message>
        <source>solve</source>
        <translation>lösen</translation>
    </message>
    <message>
        <source>spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>store</source>
        <translation>speichern</translation>
    </message>
    <message>
        <source>%1: %2 s; %3 s at the rate of large products and plain copies on this machine</source>
        <translation>%1: %2 s; %3 s bei der Rate großer Produkte und bloßen Kopierens auf diesem Rechner</translation>
    </message>
    <message>
        <source>at the machine&apos;s limit</source>
        <translation>an der Grenze des Rechners</translation>
    </message>
    <message>
        <source>%1 s · %2 % of the limit</source>
        <translation>%1 s · %2 % der Grenze</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Plot</name>
    <message>
        <source>%1
%2: %3
%4: %5</source>
        <translation>%1
%2: %3
%4: %5</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PlotExport</name>
    <message>
        <source>minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>lower quartile</source>
        <translation>unteres Quartil</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>upper quartile</source>
        <translation>oberes Quartil</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>%1 could not be written. Is the folder there and writable?</source>
        <translation>%1 ließ sich nicht schreiben. Ist der Ordner vorhanden und beschreibbar?</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PlotMenu</name>
    <message>
        <source>Export plot</source>
        <translation>Diagramm exportieren</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>Schritt zurück</translation>
    </message>
    <message>
        <source>Drag draws a zoom rectangle</source>
        <translation>Ziehen zeichnet ein Zoom-Rechteck</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy data (CSV)</source>
        <translation>Daten kopieren (CSV)</translation>
    </message>
    <message>
        <source>Export as PNG…</source>
        <translation>Als PNG exportieren…</translation>
    </message>
    <message>
        <source>Export as SVG…</source>
        <translation>Als SVG exportieren…</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>Als PDF exportieren…</translation>
    </message>
    <message>
        <source>Export data as CSV…</source>
        <translation>Daten als CSV exportieren…</translation>
    </message>
</context>
<context>
    <name>octavo::gui::PreferencesDialog</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Significant digits</source>
        <translation>Gültige Ziffern</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Windows measured after a run</source>
        <translation>Fenster, die nach einem Lauf gemessen werden</translation>
    </message>
    <message>
        <source>the whole text</source>
        <translation>der ganze Text</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Ordner der Läufe</translation>
    </message>
    <message>
        <source>Folder of exports</source>
        <translation>Ordner der Exporte</translation>
    </message>
    <message>
        <source>vLLM program</source>
        <translation>vLLM-Programm</translation>
    </message>
    <message>
        <source>found on the PATH</source>
        <translation>aus dem PATH</translation>
    </message>
    <message>
        <source>The settings file cannot be written: changes hold until the window is closed.</source>
        <translation>Die Einstellungsdatei ist nicht beschreibbar: Änderungen gelten, bis das Fenster geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RangePlot</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>input absmax</source>
        <translation>absmax des Eingangs</translation>
    </message>
    <message>
        <source>before smoothing</source>
        <translation>vor der Glättung</translation>
    </message>
    <message>
        <source>after smoothing</source>
        <translation>nach der Glättung</translation>
    </message>
    <message>
        <source>input range</source>
        <translation>Eingangsbereich</translation>
    </message>
    <message>
        <source>|input|, 1–99 %</source>
        <translation>|Eingang|, 1–99 %</translation>
    </message>
    <message>
        <source>input, 1–99 %</source>
        <translation>Eingang, 1–99 %</translation>
    </message>
    <message>
        <source>, minimum</source>
        <translation>, Minimum</translation>
    </message>
    <message>
        <source>, maximum</source>
        <translation>, Maximum</translation>
    </message>
    <message>
        <source>, extremes</source>
        <translation>, Extreme</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RecipeEditor</name>
    <message>
        <source>Scheme %1</source>
        <translation>Schema %1</translation>
    </message>
    <message>
        <source>Keep %1 in 16 bit</source>
        <translation>%1 in 16 Bit belassen</translation>
    </message>
    <message numerus="yes">
        <source>%n matrices</source>
        <translation>
            <numerusform>%n Matrix</numerusform>
            <numerusform>%n Matrizen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>%1 = layer, %2 = scheme</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 as the recipe says</source>
        <translation>%1 wie im Rezept</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing strength of %1</source>
        <translation>Glättungsstärke von %1</translation>
    </message>
    <message>
        <source>Smoothing strength of all layers</source>
        <translation>Glättungsstärke aller Schichten</translation>
    </message>
    <message>
        <source>Solver options</source>
        <translation>Löser-Optionen</translation>
    </message>
    <message>
        <source>Ignore list</source>
        <translation>Auslassungsliste</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Paste recipe</source>
        <translation>Rezept einfügen</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>%1 solved by GPTQ</source>
        <translation>%1 mit GPTQ gelöst</translation>
    </message>
    <message>
        <source>%1 rounded to nearest</source>
        <translation>%1 zum Nächsten gerundet</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ResultsPage</name>
    <message>
        <source>Figures of the run</source>
        <translation>Kennzahlen des Laufs</translation>
    </message>
    <message>
        <source>What quantization saved and what it cost, measured on the exported files against the original on the same text.</source>
        <translation>Was die Quantisierung gespart und gekostet hat, gemessen an den exportierten Dateien gegen das Original auf demselben Text.</translation>
    </message>
    <message>
        <source>A finished run shows here what it saved and what it cost: memory by kind, perplexity with its uncertainty, divergence, and where in a text the damage sits.</source>
        <translation>Ein fertiger Lauf zeigt hier, was er gespart und gekostet hat: Speicher nach Art, Perplexität mit ihrer Unsicherheit, Divergenz und wo in einem Text der Schaden sitzt.</translation>
    </message>
    <message>
        <source>&amp;Measure accuracy</source>
        <translation>&amp;Genauigkeit messen</translation>
    </message>
    <message>
        <source>Evaluates the export against the original model on the built-in text; both folders must still be there</source>
        <translation>Wertet den Export gegen das Originalmodell auf dem eingebauten Text aus; beide Ordner müssen noch vorhanden sein</translation>
    </message>
    <message>
        <source>Along the text</source>
        <translation>Entlang des Textes</translation>
    </message>
    <message>
        <source>Memory before and after</source>
        <translation>Speicher vorher und nachher</translation>
    </message>
    <message>
        <source>Seconds by phase</source>
        <translation>Sekunden je Phase</translation>
    </message>
    <message>
        <source>Perplexity before and after</source>
        <translation>Perplexität vorher und nachher</translation>
    </message>
    <message>
        <source>KL divergence over the tokens</source>
        <translation>KL-Divergenz über die Token</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
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
        <translation>Die Genauigkeit dieses Laufs wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>ratio %1 ± %2 (standard error)</source>
        <translation>Verhältnis %1 ± %2 (Standardfehler)</translation>
    </message>
    <message>
        <source>%1 scored tokens of %2, %3 windows of %4 tokens, BOS: %5</source>
        <translation>%1 gewertete Token von %2, %3 Fenster zu %4 Token, BOS: %5</translation>
    </message>
    <message>
        <source>KL divergence, mean</source>
        <translation>KL-Divergenz, Mittel</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nat</translation>
    </message>
    <message>
        <source>± %1, 99 %: %2</source>
        <translation>± %1, 99 %: %2</translation>
    </message>
    <message>
        <source>same most likely token</source>
        <translation>gleiches wahrscheinlichstes Token</translation>
    </message>
    <message>
        <source>of %1 tokens</source>
        <translation>von %1 Token</translation>
    </message>
    <message>
        <source>weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message numerus="yes">
        <source>KV cache, %n tokens</source>
        <translation>
            <numerusform>KV-Cache, %n Token</numerusform>
            <numerusform>KV-Cache, %n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>perplexity ratio ± standard error</source>
        <translation>Perplexitätsverhältnis ± Standardfehler</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>KL divergence, mean ± standard error, nats</source>
        <translation>KL-Divergenz, Mittel ± Standardfehler, nat</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
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
        <translation>99,9 %</translation>
    </message>
    <message>
        <source>max</source>
        <translation>Max</translation>
    </message>
    <message>
        <source>KL divergence, %1, nats</source>
        <translation>KL-Divergenz, %1, nat</translation>
    </message>
    <message>
        <source>scored tokens</source>
        <translation>gewertete Token</translation>
    </message>
    <message>
        <source>seconds: %1</source>
        <translation>Sekunden: %1</translation>
    </message>
    <message>
        <source>peak memory of the run</source>
        <translation>Spitzenspeicher des Laufs</translation>
    </message>
    <message>
        <source>peak GPU memory of the run</source>
        <translation>Spitzen-GPU-Speicher des Laufs</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>This run was cancelled.</source>
        <translation>Dieser Lauf wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This run is still going, or ended abruptly.</source>
        <translation>Dieser Lauf ist noch im Gang oder endete plötzlich.</translation>
    </message>
    <message>
        <source>This run failed: %1</source>
        <translation>Dieser Lauf schlug fehl: %1</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Bereitstellung</translation>
    </message>
    <message>
        <source>%1 (%2 % of the machine&apos;s limit)</source>
        <translation>%1 (%2 % der Grenze des Rechners)</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RunOverlay</name>
    <message>
        <source>token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>matrix, in execution order</source>
        <translation>Matrix, in Ausführungsreihenfolge</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>relativer Ausgabefehler</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>absmax after smoothing, %1</source>
        <translation>absmax nach der Glättung, %1</translation>
    </message>
    <message>
        <source>scored token</source>
        <translation>gewertetes Token</translation>
    </message>
    <message>
        <source>Δ loss, nats</source>
        <translation>Δ Verlust, nat</translation>
    </message>
</context>
<context>
    <name>octavo::gui::RunScatter</name>
    <message>
        <source>%1
%2, %3: %4</source>
        <translation>%1
%2, %3: %4</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>weights after quantization</source>
        <translation>Gewichte nach der Quantisierung</translation>
    </message>
    <message>
        <source>mean KL divergence, nats</source>
        <translation>mittlere KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>rise of perplexity, %</source>
        <translation>Anstieg der Perplexität, %</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
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
        <translation>eine Skala je Tensor</translation>
    </message>
    <message>
        <source>a scale per channel</source>
        <translation>eine Skala je Kanal</translation>
    </message>
    <message>
        <source>a scale per token</source>
        <translation>eine Skala je Token</translation>
    </message>
    <message>
        <source>a scale per %1 columns</source>
        <translation>eine Skala je %1 Spalten</translation>
    </message>
    <message>
        <source>a scale per %1 columns and one per tensor</source>
        <translation>eine Skala je %1 Spalten und eine je Tensor</translation>
    </message>
    <message>
        <source>a scale per %1 × %2 block</source>
        <translation>eine Skala je %1 × %2-Block</translation>
    </message>
    <message>
        <source>a scale per block</source>
        <translation>eine Skala je Block</translation>
    </message>
    <message>
        <source>8-bit weights and activations</source>
        <translation>8-Bit-Gewichte und -Aktivierungen</translation>
    </message>
    <message>
        <source>8-bit weights only</source>
        <translation>nur 8-Bit-Gewichte</translation>
    </message>
    <message>
        <source>%1 weights, %2.</source>
        <translation>%1-Gewichte, %2.</translation>
    </message>
    <message>
        <source>Activations stay in 16 bit.</source>
        <translation>Aktivierungen bleiben in 16 Bit.</translation>
    </message>
    <message>
        <source>%1 activations, scales fixed by calibration.</source>
        <translation>%1-Aktivierungen, Skalen durch Kalibrierung festgelegt.</translation>
    </message>
    <message>
        <source>%1 activations, %2, found while serving.</source>
        <translation>%1-Aktivierungen, %2, beim Betrieb bestimmt.</translation>
    </message>
    <message>
        <source>native</source>
        <translation>nativ</translation>
    </message>
    <message>
        <source>weight only</source>
        <comment>support of a scheme</comment>
        <translation>nur Gewichte</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>emuliert</translation>
    </message>
    <message>
        <source>unsupported</source>
        <translation>nicht unterstützt</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>On %1: %2</source>
        <translation>Auf %1: %2</translation>
    </message>
    <message>
        <source>not yet</source>
        <comment>scheme that this version cannot make</comment>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>This version cannot make it yet.</source>
        <translation>Diese Version kann es noch nicht erzeugen.</translation>
    </message>
    <message>
        <source>Narrower weights, quantized activations</source>
        <translation>Schmalere Gewichte, quantisierte Aktivierungen</translation>
    </message>
    <message>
        <source>Narrower weights only</source>
        <translation>Nur schmalere Gewichte</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SchemeMap</name>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Bits per weight by layer and group</source>
        <translation>Bit je Gewicht nach Schicht und Gruppe</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>Bit je Gewicht</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>festgehalten</translation>
    </message>
    <message>
        <source>%1 · %2
%3%4</source>
        <translation>%1 · %2
%3%4</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, festgehalten</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SchemeSection</name>
    <message>
        <source>Scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 = support, %2 = reason</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SensitivityPage</name>
    <message>
        <source>Matrices by damage</source>
        <translation>Matrizen nach Schaden</translation>
    </message>
    <message>
        <source>Quantizing measures the damage of every matrix while it works; the ranking grows layer by layer.</source>
        <translation>Beim Quantisieren wird laufend der Schaden jeder Matrix gemessen; die Rangfolge wächst Schicht für Schicht.</translation>
    </message>
    <message>
        <source>&amp;Damage</source>
        <translation>&amp;Schaden</translation>
    </message>
    <message>
        <source>Measure of damage</source>
        <translation>Maß des Schadens</translation>
    </message>
    <message>
        <source>relative output error, as written</source>
        <translation>relativer Ausgabefehler, wie geschrieben</translation>
    </message>
    <message>
        <source>relative output error, if only rounded</source>
        <translation>relativer Ausgabefehler, wenn nur gerundet</translation>
    </message>
    <message>
        <source>relative error of the weights alone</source>
        <translation>relativer Fehler der Gewichte allein</translation>
    </message>
    <message>
        <source>cumulative share, %</source>
        <translation>kumulierter Anteil, %</translation>
    </message>
    <message>
        <source>Damage by layer and matrix</source>
        <translation>Schaden nach Schicht und Matrix</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>&amp;Worst</source>
        <translation>S&amp;chlimmste</translation>
    </message>
    <message>
        <source>How many of the worst matrices</source>
        <translation>Wie viele der schlimmsten Matrizen</translation>
    </message>
    <message>
        <source>&amp;Keep in 16 bit</source>
        <translation>In 16 &amp;Bit belassen</translation>
    </message>
    <message>
        <source>Excludes them from quantization in the recipe of the next run; can be undone</source>
        <translation>Nimmt sie im Rezept des nächsten Laufs von der Quantisierung aus; lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>scheme</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>as written</source>
        <translation>wie geschrieben</translation>
    </message>
    <message>
        <source>Relative output error of what was written</source>
        <translation>Relativer Ausgabefehler dessen, was geschrieben wurde</translation>
    </message>
    <message>
        <source>if rounded</source>
        <translation>wenn gerundet</translation>
    </message>
    <message>
        <source>Relative output error if the weights had only been rounded</source>
        <translation>Relativer Ausgabefehler, wenn die Gewichte nur gerundet worden wären</translation>
    </message>
    <message>
        <source>weights alone</source>
        <translation>Gewichte allein</translation>
    </message>
    <message>
        <source>Relative error of the weights, without data</source>
        <translation>Relativer Fehler der Gewichte, ohne Daten</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>cumulative</source>
        <translation>kumuliert</translation>
    </message>
    <message>
        <source>saves</source>
        <translation>spart</translation>
    </message>
    <message>
        <source>relative weight error</source>
        <translation>relativer Gewichtsfehler</translation>
    </message>
    <message>
        <source>relative output error</source>
        <translation>relativer Ausgabefehler</translation>
    </message>
    <message>
        <source>worst %1</source>
        <translation>schlimmste %1</translation>
    </message>
    <message>
        <source>others</source>
        <translation>übrige</translation>
    </message>
    <message>
        <source>damage</source>
        <translation>Schaden</translation>
    </message>
    <message>
        <source>cumulative share</source>
        <translation>kumulierter Anteil</translation>
    </message>
    <message>
        <source>Removes %1 % of the damage and costs %2.</source>
        <translation>Beseitigt %1 % des Schadens und kostet %2.</translation>
    </message>
    <message numerus="yes">
        <source>Includes %n partner(s) fused with them in vLLM.</source>
        <translation>
            <numerusform>Schließt %n in vLLM damit verschmolzene Matrix ein.</numerusform>
            <numerusform>Schließt %n in vLLM damit verschmolzene Matrizen ein.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1
rank %2, %3 %4 (%5 % of all)</source>
        <translation>%1
Rang %2, %3 %4 (%5 % von allem)</translation>
    </message>
    <message>
        <source>%1 · %2
%3</source>
        <translation>%1 · %2
%3</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>KL divergence, this group alone</source>
        <translation>KL-Divergenz, nur diese Gruppe</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>KL divergence of the logits in nats when this group alone is quantized</source>
        <translation>KL-Divergenz der Logits in nat, wenn nur diese Gruppe quantisiert ist</translation>
    </message>
    <message>
        <source>KL from</source>
        <translation>KL von</translation>
    </message>
    <message>
        <source>Lower end of the 95 % interval</source>
        <translation>Unteres Ende des 95-%-Intervalls</translation>
    </message>
    <message>
        <source>KL to</source>
        <translation>KL bis</translation>
    </message>
    <message>
        <source>Upper end of the 95 % interval</source>
        <translation>Oberes Ende des 95-%-Intervalls</translation>
    </message>
    <message>
        <source>same top</source>
        <translation>gleiches Top-Token</translation>
    </message>
    <message>
        <source>Tokens whose most likely next token stays the same</source>
        <translation>Token, deren wahrscheinlichstes nächstes gleich bleibt</translation>
    </message>
    <message>
        <source>KL divergence, nats</source>
        <translation>KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Choose how many of the worst stay in 16 bit.</source>
        <translation>Wählen, wie viele der schlimmsten in 16 Bit bleiben.</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2; the most likely token stays for %3 %</source>
        <translation>95-%-Intervall %1 bis %2; das wahrscheinlichste Token bleibt bei %3 % gleich</translation>
    </message>
    <message>
        <source>16 bit, or not measured</source>
        <translation>16 Bit oder nicht gemessen</translation>
    </message>
    <message>
        <source>Which matrices quantization hurts most, worst first: where the cumulative line rises steeply, keeping a few matrices in 16 bit buys most of the accuracy back.</source>
        <translation>Welchen Matrizen die Quantisierung am meisten schadet, die schlimmsten zuerst: Wo die Summenlinie steil steigt, holen wenige Matrizen in 16 Bit den größten Teil der Genauigkeit zurück.</translation>
    </message>
    <message>
        <source>KL divergence, forecast from gradients</source>
        <translation>KL-Divergenz, aus Gradienten vorhergesagt</translation>
    </message>
    <message>
        <source>KL forecast</source>
        <translation>KL-Vorhersage</translation>
    </message>
    <message>
        <source>The same as gradients of the unquantized model forecast it</source>
        <translation>Dasselbe, wie es die Gradienten des unquantisierten Modells vorhersagen</translation>
    </message>
    <message>
        <source>KL divergence forecast, nats</source>
        <translation>vorhergesagte KL-Divergenz, nat</translation>
    </message>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95-%-Intervall %1 bis %2</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ServingTab</name>
    <message>
        <source>&amp;Card</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>C&amp;ontext</source>
        <translation>K&amp;ontext</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> Token</translation>
    </message>
    <message>
        <source>&amp;Sequences</source>
        <translation>&amp;Sequenzen</translation>
    </message>
    <message>
        <source>Requests that are answered at once</source>
        <translation>Anfragen, die zugleich beantwortet werden</translation>
    </message>
    <message>
        <source>&amp;KV cache</source>
        <translation>K&amp;V-Cache</translation>
    </message>
    <message>
        <source>Ca&amp;rds</source>
        <translation>Ka&amp;rten</translation>
    </message>
    <message>
        <source>Tensor parallelism: the model is split over so many cards; the bars are of each</source>
        <translation>Tensorparallelität: Das Modell wird auf so viele Karten verteilt; die Balken gelten je Karte</translation>
    </message>
    <message>
        <source>as exported</source>
        <translation>wie exportiert</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>FP8</source>
        <translation>FP8</translation>
    </message>
    <message>
        <source>Memory of serving</source>
        <translation>Speicher beim Bereitstellen</translation>
    </message>
    <message>
        <source>The memory of this card is not known: choose another.</source>
        <translation>Der Speicher dieser Karte ist nicht bekannt: Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>The memory of serving follows from the model&apos;s config.json: open the model that the run was made from.</source>
        <translation>Der Speicher beim Bereitstellen folgt aus der config.json des Modells: Öffnen Sie das Modell, aus dem der Lauf entstand.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Sequences of %1 tokens that fit at once: %2 before, %3 after.</source>
        <translation>Sequenzen von %1 Token, die zugleich passen: %2 vorher, %3 nachher.</translation>
    </message>
    <message>
        <source>What is planned here exceeds the limit by %1.</source>
        <translation>Was hier geplant ist, überschreitet die Grenze um %1.</translation>
    </message>
    <message>
        <source>Estimated, good to some 10 % of the card; nothing was run.</source>
        <translation>Geschätzt, auf etwa 10 % der Karte genau; nichts wurde ausgeführt.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::Session</name>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>this machine (CPU)</source>
        <translation>dieser Rechner (CPU)</translation>
    </message>
    <message>
        <source>this machine (%1, %2.%3)</source>
        <comment>%1 = GPU name, %2.%3 = compute capability</comment>
        <translation>dieser Rechner (%1, %2.%3)</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Making the sample model …</source>
        <translation>Beispielmodell wird erstellt …</translation>
    </message>
    <message>
        <source>Making the sample model: %1 %</source>
        <translation>Beispielmodell wird erstellt: %1 %</translation>
    </message>
    <message>
        <source>The run in %1 is complete; the Compare page lists it.</source>
        <translation>Der Lauf in %1 ist vollständig; die Seite „Vergleich“ führt ihn auf.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SetupPanel</name>
    <message>
        <source>into %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>%1 → %2, in about %3</source>
        <comment>weights before and after, duration of the run</comment>
        <translation>%1 → %2, in etwa %3</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SmoothingPage</name>
    <message>
        <source>Channels of the smoothing group</source>
        <translation>Kanäle der Glättungsgruppe</translation>
    </message>
    <message>
        <source>Quantizing with calibration data records the ranges of activations and weights that smoothing works with. This run has none yet.</source>
        <translation>Quantisieren mit Kalibrierdaten zeichnet die Bereiche der Aktivierungen und Gewichte auf, mit denen die Glättung arbeitet. Dieser Lauf hat noch keine.</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppe</translation>
    </message>
    <message>
        <source>Smoothing group</source>
        <translation>Glättungsgruppe</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>Reihen&amp;folge</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>Reihenfolge der Kanäle</translation>
    </message>
    <message>
        <source>by channel</source>
        <translation>nach Kanal</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>Activation absmax per channel</source>
        <translation>absmax der Aktivierung je Kanal</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>Aktivierung</translation>
    </message>
    <message>
        <source>Weight absmax per channel</source>
        <translation>absmax der Gewichte je Kanal</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Error over smoothing strength</source>
        <translation>Fehler über der Glättungsstärke</translation>
    </message>
    <message>
        <source>Outlier ratio over the layers</source>
        <translation>Ausreißerverhältnis über die Schichten</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>max / median</source>
        <translation>Max / Median</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>activation before</source>
        <translation>Aktivierung vorher</translation>
    </message>
    <message>
        <source>weight before</source>
        <translation>Gewicht vorher</translation>
    </message>
    <message>
        <source>scale at α</source>
        <translation>Skalierung bei α</translation>
    </message>
    <message>
        <source>activation at α</source>
        <translation>Aktivierung bei α</translation>
    </message>
    <message>
        <source>weight at α</source>
        <translation>Gewicht bei α</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: nothing recorded</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, smoothed with α %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, geglättet mit α %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, left unsmoothed</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, ungeglättet belassen</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>preview at α</source>
        <translation>Vorschau bei α</translation>
    </message>
    <message>
        <source>after, as in this run</source>
        <translation>nachher, wie in diesem Lauf</translation>
    </message>
    <message>
        <source>This run did not record the ranges of this input.</source>
        <translation>Dieser Lauf hat die Bereiche dieses Eingangs nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>Largest over median channel: %1 before, %2 at α = %3.</source>
        <translation>Größter Kanal zu Mediankanal: %1 vorher, %2 bei α = %3.</translation>
    </message>
    <message>
        <source>Predicted error: %1 unsmoothed, %2 at this α.</source>
        <translation>Vorhergesagter Fehler: %1 ungeglättet, %2 bei diesem α.</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;, every channel scaled by itself</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;, jeder Kanal für sich skaliert</translation>
    </message>
    <message>
        <source>This run went on from the best strength to a scale per channel: expected error %1. Drag the slider to see what one strength would do instead.</source>
        <translation>Dieser Lauf ging von der besten Stärke weiter zu einer Skala je Kanal: erwarteter Fehler %1. Am Regler ziehen, um zu sehen, was eine einzige Stärke stattdessen täte.</translation>
    </message>
    <message>
        <source>Smoothing moves outliers from the activations into the weights: drag α until both pictures are flat and the error is near its lowest point.</source>
        <translation>Die Glättung verschiebt Ausreißer aus den Aktivierungen in die Gewichte: α ziehen, bis beide Bilder flach sind und der Fehler nahe an seinem tiefsten Punkt liegt.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::SolverOptionsBox</name>
    <message>
        <source>Solver</source>
        <translation>Löser</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Round to nearest</source>
        <translation>Auf nächsten Wert runden</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>How the scale of a row or of a group is found.</source>
        <translation>Wie die Skala einer Zeile oder einer Gruppe gefunden wird.</translation>
    </message>
    <message>
        <source>From the extremes</source>
        <translation>Aus den Extremwerten</translation>
    </message>
    <message>
        <source>By least error</source>
        <translation>Nach dem kleinsten Fehler</translation>
    </message>
    <message>
        <source>By least error, weighted by the input</source>
        <translation>Nach dem kleinsten Fehler, mit dem Eingang gewichtet</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit after a number</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>Of the mean of the Hessian&apos;s diagonal. Raised by itself where the Hessian is not definite; the report says so.</source>
        <translation>Vom Mittel der Diagonale der Hesse-Matrix. Steigt von selbst, wo diese nicht definit ist; der Bericht sagt es.</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Korrektur</translation>
    </message>
    <message>
        <source>Runs the original model beside the other and solves for its outputs: slower.</source>
        <translation>Lässt das Originalmodell mitlaufen und löst nach dessen Ausgaben: langsamer.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Of each input</source>
        <translation>Jedes Eingangs</translation>
    </message>
    <message>
        <source>Of the residual stream</source>
        <translation>Des Residualstroms</translation>
    </message>
    <message>
        <source>How often every code and scale is moved to where the error is least, after the solve.</source>
        <translation>Wie oft nach dem Lösen jeder Code und jede Skala dorthin gerückt wird, wo der Fehler am kleinsten ist.</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>Durchgänge</translation>
    </message>
    <message>
        <source>Columns by falling activation</source>
        <translation>Spalten nach fallender Aktivierung</translation>
    </message>
    <message>
        <source>Errors relative to each token</source>
        <translation>Fehler relativ zu jedem Token</translation>
    </message>
    <message>
        <source>Counts errors of o and down relative to the residual stream, so that the few tokens with massive activations do not decide alone.</source>
        <translation>Zählt Fehler von o und down relativ zum Residualstrom, damit nicht die wenigen Token mit riesigen Aktivierungen allein entscheiden.</translation>
    </message>
    <message>
        <source>By how much each number of the Hessian&apos;s diagonal grows. Makes less of what channels have in common, which few tokens, or tokens of another kind, tell little about.</source>
        <translation>Um wie viel jede Zahl der Diagonale der Hesse-Matrix wächst. Gibt dem weniger Gewicht, was Kanäle gemeinsam haben: wenige oder andersartige Token sagen darüber wenig.</translation>
    </message>
    <message>
        <source>Shrinkage</source>
        <translation>Schrumpfung</translation>
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
        <translation>Sehen, was Quantisierung mit einem Sprachmodell macht, sie ausführen und für vLLM exportieren.</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>Modell öffnen…</translation>
    </message>
    <message>
        <source>A Hugging Face folder: config.json and safetensors</source>
        <translation>Ein Hugging-Face-Ordner: config.json und safetensors</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>Lauf öffnen…</translation>
    </message>
    <message>
        <source>Made here or by octavo-cli elsewhere; needs no model</source>
        <translation>Hier oder anderswo mit octavo-cli gemacht; braucht kein Modell</translation>
    </message>
    <message>
        <source>Try the sample model</source>
        <translation>Beispielmodell ausprobieren</translation>
    </message>
    <message>
        <source>SmolLM2-135M-Instruct, made on the spot if it is not there</source>
        <translation>SmolLM2-135M-Instruct, wird bei Bedarf gleich erstellt</translation>
    </message>
    <message>
        <source>Or drop a model folder, a run or a data set anywhere on this window.</source>
        <translation>Oder Modellordner, Lauf oder Datensatz irgendwo auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Recent models</source>
        <translation>Zuletzt geöffnete Modelle</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>Zuletzt geöffnete Läufe</translation>
    </message>
</context>
<context>
    <name>octavo::gui::StatusLine</name>
    <message>
        <source>Memory that this program occupies now</source>
        <translation>Speicher, den dieses Programm gerade belegt</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>Kanal %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>GPU %1 of %2</source>
        <comment>memory of a graphics card</comment>
        <translation>GPU %1 von %2</translation>
    </message>
    <message>
        <source>Memory that all programs occupy on %1 now</source>
        <translation>Speicher, den alle Programme auf %1 gerade belegen</translation>
    </message>
</context>
<context>
    <name>octavo::gui::StrengthBar</name>
    <message>
        <source>S&amp;trength α</source>
        <translation>S&amp;tärke α</translation>
    </message>
    <message>
        <source>Smoothing strength</source>
        <translation>Glättungsstärke</translation>
    </message>
    <message>
        <source>0 moves everything towards the activations, 1 moves all outliers into the weights; the plots follow while you drag</source>
        <translation>0 verschiebt alles zu den Aktivierungen, 1 alle Ausreißer in die Gewichte; die Diagramme folgen beim Ziehen</translation>
    </message>
    <message>
        <source>Smoothing strength as a number</source>
        <translation>Glättungsstärke als Zahl</translation>
    </message>
    <message>
        <source>Use for this &amp;layer</source>
        <translation>Für diese &amp;Schicht verwenden</translation>
    </message>
    <message>
        <source>Pins this strength for the selected smoothing group in the recipe of the next run</source>
        <translation>Setzt diese Stärke für die gewählte Glättungsgruppe im Rezept des nächsten Laufs fest</translation>
    </message>
    <message>
        <source>Use for &amp;all layers</source>
        <translation>Für alle S&amp;chichten verwenden</translation>
    </message>
    <message>
        <source>Gives every smoothing group this strength in the recipe of the next run</source>
        <translation>Gibt jeder Glättungsgruppe im Rezept des nächsten Laufs diese Stärke</translation>
    </message>
</context>
<context>
    <name>octavo::gui::TargetBox</name>
    <message>
        <source>Target GPU</source>
        <translation>Ziel-GPU</translation>
    </message>
    <message>
        <source>The machine that will serve the result. Schemes are judged for it, memory is planned for it.</source>
        <translation>Der Rechner, der das Ergebnis betreiben wird. Für ihn werden Schemata beurteilt und Speicher geplant.</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
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
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Serve on</source>
        <translation>Betrieb auf</translation>
    </message>
    <message>
        <source> tokens</source>
        <comment>unit after a number</comment>
        <translation> Token</translation>
    </message>
    <message>
        <source>Length of one sequence when serving; decides how many fit at once.</source>
        <translation>Länge einer Sequenz im Betrieb; bestimmt, wie viele zugleich passen.</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
</context>
<context>
    <name>octavo::gui::TextDamage</name>
    <message>
        <source>Worst passages</source>
        <translation>Schlimmste Stellen</translation>
    </message>
    <message>
        <source>Loss difference along the text</source>
        <translation>Verlustdifferenz entlang des Textes</translation>
    </message>
    <message>
        <source>scored token</source>
        <translation>gewertetes Token</translation>
    </message>
    <message>
        <source>Δ loss, nats</source>
        <translation>Δ Verlust, nat</translation>
    </message>
    <message>
        <source>at token</source>
        <translation>bei Token</translation>
    </message>
    <message>
        <source>loss difference</source>
        <translation>Verlustdifferenz</translation>
    </message>
    <message>
        <source>Mean over the passage, nats per token</source>
        <translation>Mittel über die Stelle, nat je Token</translation>
    </message>
    <message>
        <source>KL</source>
        <translation>KL</translation>
    </message>
    <message>
        <source>passage</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>loss difference, mean of a block</source>
        <translation>Verlustdifferenz, Mittel eines Blocks</translation>
    </message>
    <message>
        <source>at the worst token</source>
        <translation>am schlimmsten Token</translation>
    </message>
    <message>
        <source>Most likely there: of the original → of the quantized model</source>
        <translation>Dort am wahrscheinlichsten: beim Original → beim quantisierten Modell</translation>
    </message>
    <message>
        <source>The warmer a token&apos;s ground, the further its distribution moved</source>
        <translation>Je wärmer der Grund eines Tokens, desto weiter hat sich seine Verteilung verschoben</translation>
    </message>
</context>
<context>
    <name>octavo::gui::ValueTable</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
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
        <translation>vLLM wird angehalten …</translation>
    </message>
    <message>
        <source>vLLM ended by itself with exit code %1. Its last lines say why.</source>
        <translation>vLLM hat sich mit Exit-Code %1 selbst beendet. Die letzten Zeilen sagen, warum.</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 ließ sich nicht starten: %2</translation>
    </message>
    <message>
        <source>No free port on 127.0.0.1.</source>
        <translation>Kein freier Port auf 127.0.0.1.</translation>
    </message>
    <message>
        <source>Starting vLLM; large models load for minutes …</source>
        <translation>vLLM wird gestartet; große Modelle laden minutenlang …</translation>
    </message>
    <message>
        <source>vLLM is up; asking …</source>
        <translation>vLLM läuft; Anfrage wird gestellt …</translation>
    </message>
    <message>
        <source>vLLM did not answer the prompt: %1</source>
        <translation>vLLM hat den Prompt nicht beantwortet: %1</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WeightsPage</name>
    <message>
        <source>Rows of the selected matrix</source>
        <translation>Zeilen der gewählten Matrix</translation>
    </message>
    <message>
        <source>Once matrices are quantized, this page shows how their weights use the grid and where the error sits.</source>
        <translation>Sobald Matrizen quantisiert sind, zeigt diese Seite, wie ihre Gewichte das Raster nutzen und wo der Fehler sitzt.</translation>
    </message>
    <message>
        <source>&amp;Matrix</source>
        <translation>&amp;Matrix</translation>
    </message>
    <message>
        <source>Matrix of the selected layer</source>
        <translation>Matrix der gewählten Schicht</translation>
    </message>
    <message>
        <source>&amp;Counts</source>
        <translation>Häu&amp;figkeiten</translation>
    </message>
    <message>
        <source>Scale of the counts</source>
        <translation>Skala der Häufigkeiten</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>logarithmisch</translation>
    </message>
    <message>
        <source>Weights on their grid</source>
        <translation>Gewichte auf ihrem Raster</translation>
    </message>
    <message>
        <source>Scale per row</source>
        <translation>Skala je Zeile</translation>
    </message>
    <message>
        <source>Error per row</source>
        <translation>Fehler je Zeile</translation>
    </message>
    <message>
        <source>Error per input column</source>
        <translation>Fehler je Eingangsspalte</translation>
    </message>
    <message>
        <source>row (output)</source>
        <translation>Zeile (Ausgang)</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Skala</translation>
    </message>
    <message>
        <source>share of the error, %</source>
        <translation>Anteil am Fehler, %</translation>
    </message>
    <message>
        <source>input column (channel)</source>
        <translation>Eingangsspalte (Kanal)</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>share of the error</source>
        <translation>Anteil am Fehler</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>error of the row</source>
        <translation>Fehler der Zeile</translation>
    </message>
    <message>
        <source>error of the column</source>
        <translation>Fehler der Spalte</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: not in this run</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: nicht in diesem Lauf</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 · %3 × %4 · SQNR %5 dB</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2 · %3 × %4 · SQNR %5 dB</translation>
    </message>
    <message>
        <source>code (weight / scale)</source>
        <translation>Code (Gewicht / Skala)</translation>
    </message>
    <message>
        <source>code value, from smallest to largest</source>
        <translation>Codewert, vom kleinsten zum größten</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>weights per code</source>
        <translation>Gewichte je Code</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>code %1
%2 weights (%3 %)</source>
        <translation>Code %1
%2 Gewichte (%3 %)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>%1 of %2 codes used, %3 % at the ends</source>
        <translation>%1 von %2 Codes benutzt, %3 % an den Rändern</translation>
    </message>
    <message>
        <source>How the selected matrix sits on its grid: a full bell is good, a spike in the middle wastes codes, a wall at the ends clips, and rows or columns that stand out carry the damage.</source>
        <translation>Wie die gewählte Matrix auf ihrem Raster liegt: Eine volle Glocke ist gut, eine Spitze in der Mitte verschwendet Codes, eine Wand an den Enden schneidet ab, und auffällige Zeilen oder Spalten tragen den Schaden.</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WhyPanel</name>
    <message>
        <source>What other choices would do</source>
        <translation>Was andere Entscheidungen bewirken würden</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>against now</source>
        <translation>gegenüber jetzt</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Choose a matrix of a run: in the tree, in a table or in a picture.</source>
        <translation>Wählen Sie eine Matrix eines Laufs: im Baum, in einer Tabelle oder in einem Bild.</translation>
    </message>
    <message>
        <source>This matrix keeps its 16 bits: it adds no error.</source>
        <translation>Diese Matrix behält ihre 16 Bit: Sie fügt keinen Fehler hinzu.</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 input channels carry %2 % of the error.</source>
        <translation>
            <numerusform>%n von %1 Eingangskanälen trägt %2 % des Fehlers.</numerusform>
            <numerusform>%n von %1 Eingangskanälen tragen %2 % des Fehlers.</numerusform>
        </translation>
    </message>
    <message>
        <source>The worst is channel %1.</source>
        <translation>Der schlimmste ist Kanal %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 output rows carry %2 % of it.</source>
        <translation>
            <numerusform>%n von %1 Ausgangszeilen trägt %2 % davon.</numerusform>
            <numerusform>%n von %1 Ausgangszeilen tragen %2 % davon.</numerusform>
        </translation>
    </message>
    <message>
        <source>The largest channel of its input stands %1 × above the median, %2 × after smoothing.</source>
        <translation>Der größte Kanal ihres Eingangs liegt beim %1-Fachen des Medians, nach der Glättung beim %2-Fachen.</translation>
    </message>
    <message>
        <source>The largest channel of its input stands %1 × above the median; it was not smoothed.</source>
        <translation>Der größte Kanal ihres Eingangs liegt beim %1-Fachen des Medians; er wurde nicht geglättet.</translation>
    </message>
    <message>
        <source>Smoothing removed %1 % of the error that its input would have had.</source>
        <translation>Die Glättung hat %1 % des Fehlers beseitigt, den ihr Eingang gehabt hätte.</translation>
    </message>
    <message>
        <source>Smoothing changed next to nothing.</source>
        <translation>Die Glättung hat so gut wie nichts geändert.</translation>
    </message>
    <message>
        <source>Solving left %1 % of the error that rounding alone would have left.</source>
        <translation>Das Lösen ließ %1 % des Fehlers übrig, den bloßes Runden gelassen hätte.</translation>
    </message>
    <message>
        <source>Its Hessian was nearly singular: the damping had to be raised to %1 %.</source>
        <translation>Ihre Hesse-Matrix war fast singulär: Die Dämpfung musste auf %1 % erhöht werden.</translation>
    </message>
    <message>
        <source>The run recorded no errors for this matrix: it was made without data.</source>
        <translation>Der Lauf hat für diese Matrix keine Fehler aufgezeichnet: Er kam ohne Daten aus.</translation>
    </message>
    <message>
        <source>as written, %1</source>
        <translation>wie geschrieben, %1</translation>
    </message>
    <message>
        <source>rounded to nearest</source>
        <translation>nur gerundet</translation>
    </message>
    <message>
        <source>not smoothed</source>
        <translation>nicht geglättet</translation>
    </message>
    <message>
        <source>smoothed at %1</source>
        <translation>geglättet mit %1</translation>
    </message>
    <message>
        <source>kept in 16 bit</source>
        <translation>in 16 Bit behalten</translation>
    </message>
    <message>
        <source>About %1 % of the directions of its input carry 90 % of the energy; the condition number of its Hessian is %2, damped by %3 %.</source>
        <translation>Etwa %1 % der Richtungen seiner Eingabe tragen 90 % der Energie; die Konditionszahl seiner Hesse-Matrix ist %2, gedämpft mit %3 %.</translation>
    </message>
    <message>
        <source>output error</source>
        <translation>Fehler der Ausgabe</translation>
    </message>
    <message>
        <source>Relative to the output, as the statistics of the run foretell it</source>
        <translation>Bezogen auf die Ausgabe, wie die Statistik des Laufs ihn vorhersagt</translation>
    </message>
    <message>
        <source>scales by least error</source>
        <translation>Skalen nach kleinstem Fehler</translation>
    </message>
    <message>
        <source>scales from the extremes</source>
        <translation>Skalen aus den Extremwerten</translation>
    </message>
    <message numerus="yes">
        <source>groups of %n columns</source>
        <translation>
            <numerusform>Gruppe von %n Spalte</numerusform>
            <numerusform>Gruppen von %n Spalten</numerusform>
        </translation>
    </message>
    <message>
        <source>one scale per row</source>
        <translation>eine Skala je Zeile</translation>
    </message>
</context>
<context>
    <name>octavo::gui::WhyPlot</name>
    <message>
        <source>What other choices would do</source>
        <translation>Was andere Einstellungen bewirken würden</translation>
    </message>
    <message>
        <source>Spectrum of the Hessian</source>
        <translation>Spektrum der Hesse-Matrix</translation>
    </message>
    <message>
        <source>Error by input column</source>
        <translation>Fehler je Eingabespalte</translation>
    </message>
    <message>
        <source>Error by output row</source>
        <translation>Fehler je Ausgabezeile</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>Was das Bild zeigt</translation>
    </message>
    <message>
        <source>The run recorded no spectrum: it was made without data, or by an earlier version.</source>
        <translation>Der Lauf hat kein Spektrum aufgezeichnet: Er entstand ohne Daten oder mit einer früheren Version.</translation>
    </message>
    <message>
        <source>The run recorded no errors for this matrix: it was made without data.</source>
        <translation>Der Lauf hat für diese Matrix keine Fehler aufgezeichnet: Er entstand ohne Daten.</translation>
    </message>
    <message>
        <source>input column</source>
        <translation>Eingabespalte</translation>
    </message>
    <message>
        <source>output row</source>
        <translation>Ausgabezeile</translation>
    </message>
    <message>
        <source>directions, % of all</source>
        <translation>Richtungen, % von allen</translation>
    </message>
    <message>
        <source>eigenvalue ÷ mean</source>
        <translation>Eigenwert ÷ Mittel</translation>
    </message>
    <message>
        <source>eigenvalues</source>
        <translation>Eigenwerte</translation>
    </message>
    <message>
        <source>damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>share of the error, %</source>
        <translation>Anteil am Fehler, %</translation>
    </message>
    <message>
        <source>Error in act-order</source>
        <translation>Fehler in Act-Order</translation>
    </message>
    <message>
        <source>input columns by falling energy</source>
        <translation>Eingangsspalten nach fallender Energie</translation>
    </message>
    <message>
        <source>share of all up to here, %</source>
        <translation>Anteil an allem bis hier, %</translation>
    </message>
    <message>
        <source>energy of the input</source>
        <translation>Energie der Eingabe</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
</context>
</TS>
